-- x and n of u30_kontakt30; `tall` gets indikator, gruppe, enhetsnr, m, x, n.

CREATE TEMP TABLE unge AS
SELECT person_id, unnest(range(fra, til + 1))::INTEGER AS m, enhetsnr, gruppe
FROM (SELECT person_id, enhetsnr, gruppe, greatest(fra, getvariable('kontakt_fra')) AS fra,
             least(til, f30 - 1, getvariable('kontakt_til')) AS til
      FROM status JOIN folk USING (person_id) WHERE gruppe IN ('IKVAL', 'BFORM', 'BATT') AND fra < f30)
WHERE fra <= til;

-- A contact is within 30 days of the end of its own month, or (30 and 31 January) of the next one's.
CREATE TEMP TABLE mote AS
SELECT person_id, m, bool_or(bruker) AS bruker
FROM (SELECT person_id, maned(dato) AS m, type = 'DIALOG' AND coalesce(fra_bruker, false) AS bruker
      FROM read_parquet(getvariable('mappe') || '/kontakt.parquet')
      WHERE NOT coalesce(automatisk, false) AND coalesce(status, '') <> 'AVBRUTT' AND last_day(dato) - dato < 30
      UNION ALL
      SELECT person_id, maned(dato) + 1, type = 'DIALOG' AND coalesce(fra_bruker, false)
      FROM read_parquet(getvariable('mappe') || '/kontakt.parquet')
      WHERE month(dato) = 1 AND day(dato) >= 30 AND last_day(last_day(dato) + 1) - dato < 30
        AND NOT coalesce(automatisk, false) AND coalesce(status, '') <> 'AVBRUTT') AS k
SEMI JOIN unge AS u USING (person_id, m)
GROUP BY person_id, m;

INSERT INTO tall
WITH celle AS (SELECT enhetsnr, m, gruppe, count(bruker) AS x, count_if(bruker) AS xb, count(*) AS n
               FROM unge LEFT JOIN mote USING (person_id, m) GROUP BY ALL)
SELECT 'u30_kontakt30', gruppe, enhetsnr, m, x, n FROM celle
UNION ALL SELECT 'u30_kontakt30', gruppe || '_fra_bruker', enhetsnr, m, xb, n FROM celle;

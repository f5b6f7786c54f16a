-- x and n of u30_kontakt30; `tall` gets indikator, gruppe, enhetsnr, m, x, n.

CREATE TEMP TABLE unge AS
SELECT person_id, enhetsnr, gruppe, fra, til
FROM (SELECT person_id, enhetsnr, gruppe, greatest(fra, getvariable('kontakt_fra')) AS fra,
             least(til, f30 - 1, getvariable('kontakt_til')) AS til
      FROM status JOIN folk USING (person_id) WHERE gruppe IN ('IKVAL', 'BFORM', 'BATT') AND fra < f30)
WHERE fra <= til;

-- The ends of months that look back on each day: few rows, so that a contact finds its month without arithmetic.
CREATE TEMP TABLE dager AS
SELECT CAST(siste_dag(m) - tilbake AS DATE) AS dag, m
FROM (SELECT unnest(range(getvariable('kontakt_fra'), getvariable('kontakt_til') + 1))::INTEGER AS m)
CROSS JOIN (SELECT unnest(range(30))::INTEGER AS tilbake);

-- Once for each person and month, before it is counted.
CREATE TEMP TABLE mott AS
SELECT enhetsnr, m, gruppe, count(*) AS x, count_if(bruker) AS xb
FROM (SELECT u.person_id, u.enhetsnr, u.gruppe, d.m,
             bool_or(k.type = 'DIALOG' AND coalesce(k.fra_bruker, false)) AS bruker
      FROM read_parquet(getvariable('mappe') || '/kontakt.parquet') AS k
      JOIN dager AS d ON d.dag = k.dato
      JOIN unge AS u ON u.person_id = k.person_id AND u.fra <= d.m AND u.til >= d.m
      WHERE NOT coalesce(k.automatisk, false) AND coalesce(k.status, '') <> 'AVBRUTT'
      GROUP BY ALL)
GROUP BY ALL;

INSERT INTO tall
WITH alle AS (SELECT enhetsnr, m, gruppe, count(*) AS n
              FROM (SELECT enhetsnr, gruppe, unnest(range(fra, til + 1))::INTEGER AS m FROM unge) GROUP BY ALL),
     celle AS (SELECT alle.*, coalesce(x, 0) AS x, coalesce(xb, 0) AS xb
               FROM alle LEFT JOIN mott USING (enhetsnr, m, gruppe))
SELECT 'u30_kontakt30', gruppe, enhetsnr, m, x, n FROM celle
UNION ALL SELECT 'u30_kontakt30', gruppe || '_fra_bruker', enhetsnr, m, xb, n FROM celle;

-- x and n of ota_arbs; `tall` gets indikator, gruppe, enhetsnr, m, x, n.

CREATE TEMP TABLE aap AS
SELECT person_id, maned(fom) AS fra, endt(least(coalesce(tom, getvariable('kant')), getvariable('kant'))) AS til
FROM read_parquet(getvariable('mappe') || '/ytelse.parquet') WHERE ytelse = 'AAP' AND fra <= til;

-- nedsatt arbeidsevne by decision, or by AAP
CREATE TEMP TABLE nedsatt AS
SELECT person_id, fra, til FROM status WHERE gruppe IN ('BATT', 'VARIG')
UNION ALL
SELECT s.person_id, greatest(s.fra, a.fra), least(s.til, a.til)
FROM status AS s JOIN aap AS a ON a.person_id = s.person_id AND a.fra <= s.til AND a.til >= s.fra
WHERE s.gruppe NOT IN ('BATT', 'VARIG');

-- arbeidssøkere: complete ranges, and month by month where AAP takes some of them
CREATE TEMP TABLE soker AS
WITH uten AS (SELECT person_id, fra, til, enhetsnr, permittert FROM status WHERE arbs AND gruppe NOT IN ('BATT', 'VARIG')),
     berort AS (SELECT u.* FROM uten AS u SEMI JOIN aap AS a
                ON a.person_id = u.person_id AND a.fra <= u.til AND a.til >= u.fra)
SELECT * FROM uten ANTI JOIN berort USING (person_id, fra)
UNION ALL
SELECT b.person_id, b.m, b.m, b.enhetsnr, b.permittert
FROM (SELECT *, unnest(range(fra, til + 1)) AS m FROM berort) AS b
ANTI JOIN aap AS a ON a.person_id = b.person_id AND a.fra <= b.m AND a.til >= b.m;

CREATE TEMP TABLE avgang AS
SELECT a.person_id, a.m, a.enhetsnr, a.permittert, siste_dag(a.m + 6) AS etter
FROM (SELECT person_id, til AS m, enhetsnr, permittert,
             lead(fra) OVER (PARTITION BY person_id ORDER BY fra) AS neste FROM soker) AS a
JOIN folk AS f USING (person_id)
ANTI JOIN nedsatt AS n ON n.person_id = a.person_id AND n.fra <= a.m - 1 AND n.til >= a.m - 5
WHERE (neste IS NULL OR neste > m + 2) AND m BETWEEN getvariable('ota_fra') AND getvariable('ota_til')
  AND m >= f20 AND m < f67 AND bosatt >= m + 6;

INSERT INTO tall
WITH jobb AS (SELECT person_id, fom, coalesce(tom, getvariable('kant')) AS tom
              FROM read_parquet(getvariable('mappe') || '/arbeidsforhold.parquet') WHERE stillingsprosent > 0),
     utfall AS (SELECT enhetsnr, m, permittert, 1 AS x FROM avgang AS a
                SEMI JOIN jobb AS j ON j.person_id = a.person_id AND j.fom <= a.etter AND j.tom >= a.etter
                UNION ALL SELECT enhetsnr, m, permittert, 0 FROM avgang),
     celle AS (SELECT enhetsnr, m, sum(x) AS x, count(*) - sum(x) AS n,
                      sum(x) FILTER (NOT permittert) AS xu,
                      count(*) FILTER (NOT permittert) - sum(x) FILTER (NOT permittert) AS nu
               FROM utfall GROUP BY ALL)
SELECT 'ota_arbs', 'alle', enhetsnr, m, x, n FROM celle
UNION ALL SELECT 'ota_arbs', 'uten_permitterte', enhetsnr, m, xu, nu FROM celle WHERE nu > 0;

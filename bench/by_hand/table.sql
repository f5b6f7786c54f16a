-- The contract's table: a row for every office valid on the last day of a known month, and for any other with people.

CREATE TEMP TABLE rader AS
WITH kontor AS (SELECT DISTINCT enhetsnr, gyldig_fom, gyldig_tom
                FROM read_parquet(getvariable('mappe') || '/kontor.parquet')),
     rutenett AS (SELECT DISTINCT s.indikator, s.gruppe, k.enhetsnr, m
                  FROM (SELECT *, unnest(range(fra, til + 1))::INTEGER AS m FROM serier) AS s
                  JOIN kontor AS k ON k.gyldig_fom <= siste_dag(m)
                      AND (k.gyldig_tom IS NULL OR k.gyldig_tom >= siste_dag(m)))
SELECT indikator, gruppe, enhetsnr, printf('%04d-%02d', m // 12, m % 12 + 1) AS maned,
       coalesce(t.x, 0)::DOUBLE AS x, coalesce(t.n, 0)::DOUBLE AS n,
       getvariable('tatt') < siste_dag(m + s.lag + 1) AS forelopig
FROM rutenett FULL JOIN tall AS t USING (indikator, gruppe, enhetsnr, m)
JOIN serier AS s USING (indikator, gruppe)
ORDER BY indikator, gruppe, enhetsnr, maned;

-- States on the last day of each month, as ranges of months; month YYYY-MM is the number 12 * YYYY + MM - 1.
-- Only the last day of a month is ever read, so a row becomes a range of months in one step, and only persons
-- whose ranges overlap are taken month by month.

CREATE MACRO maned(dag) AS CAST(year(dag) * 12 + month(dag) - 1 AS INTEGER);
-- the last month that ends on or before the day
CREATE MACRO endt(dag) AS CAST(year(dag + 1) * 12 + month(dag + 1) - 2 AS INTEGER);
CREATE MACRO siste_dag(m) AS last_day(make_date(m // 12, m % 12 + 1, 1));
-- the first month on whose last day one is that old; one born on 29 February is it on 1 March of a common year
CREATE MACRO fyller(fodt, alder) AS maned(fodt) + 12 * alder
    + CAST(month(fodt) = 2 AND day(fodt) = 29 AND month(make_date(year(fodt) + alder, 2, 28) + 1) = 3 AS INTEGER);

CREATE TEMP TABLE folk AS
SELECT person_id, fyller(fodselsdato, 20) AS f20, fyller(fodselsdato, 30) AS f30, fyller(fodselsdato, 67) AS f67,
       endt(least(coalesce(dodsdato, kant + 1), coalesce(utvandringsdato, kant + 1), kant + 1) - 1) AS bosatt
FROM (SELECT DISTINCT person_id, fodselsdato, dodsdato, utvandringsdato, getvariable('kant') AS kant
      FROM read_parquet(getvariable('mappe') || '/person.parquet'));

CREATE TEMP TABLE opphold AS
SELECT person_id, fra, least(til, bosatt) AS til, fom, enhetsnr, gruppe, arbs, permittert
FROM (SELECT person_id, fom, enhetsnr, formidlingsgruppe = 'ARBS' AS arbs, coalesce(permittert, false) AS permittert,
             CASE WHEN innsatsgruppe IN ('STANDARD_INNSATS', 'GODE_MULIGHETER') THEN 'IKVAL'
                  WHEN innsatsgruppe IN ('SITUASJONSBESTEMT_INNSATS', 'TRENGER_VEILEDNING') THEN 'BFORM'
                  WHEN innsatsgruppe IN ('SPESIELT_TILPASSET_INNSATS', 'TRENGER_VEILEDNING_NEDSATT_ARBEIDSEVNE')
                  THEN 'BATT'
                  WHEN innsatsgruppe IN ('VARIG_TILPASSET_INNSATS', 'GRADERT_VARIG_TILPASSET_INNSATS',
                                         'LITEN_MULIGHET_TIL_A_JOBBE', 'JOBBE_DELVIS') THEN 'VARIG'
                  ELSE coalesce(innsatsgruppe, '') END AS gruppe,
             maned(fom) AS fra, endt(least(coalesce(tom, getvariable('kant')), getvariable('kant'))) AS til
      FROM read_parquet(getvariable('mappe') || '/oppfolging.parquet')
      WHERE formidlingsgruppe IN ('ARBS', 'IARBS')) AS rader
JOIN folk USING (person_id)
WHERE fra <= least(til, bosatt) AND (arbs OR gruppe IN ('BATT', 'BFORM', 'IKVAL', 'VURDU', 'OPPFI', 'VARIG'));

CREATE TEMP TABLE floket AS
SELECT DISTINCT person_id
FROM (SELECT person_id, fra <= lag(til) OVER (PARTITION BY person_id ORDER BY fra, til) AS overlapper FROM opphold)
WHERE overlapper;

CREATE TEMP TABLE status AS
SELECT person_id, fra, til, enhetsnr, gruppe, arbs, permittert FROM opphold ANTI JOIN floket USING (person_id)
UNION ALL
SELECT person_id, m, m, vant.enhetsnr, vant.gruppe, vant.arbs, vant.permittert
FROM (SELECT person_id, m, max(rad) AS vant
      FROM (SELECT person_id, unnest(range(fra, til + 1)) AS m,
                   {fom: fom, enhetsnr: enhetsnr, gruppe: gruppe, arbs: arbs, permittert: permittert} AS rad
            FROM opphold SEMI JOIN floket USING (person_id))
      GROUP BY person_id, m);

// The grading of rubrics/assessments.ini in SQL, for the benchmark.
//
//     node duckdb.mjs FILE CALENDAR RESULT [THREADS]
//
// It does what the rubric says for a file as clean as the benchmark's, and no more: levels in one
// spelling, dates in one form, nothing to reject. assay reads every spelling and rejects what it
// cannot read, so this is the easier job. run holds the two results together.

import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const [file, calendar, result, threads = "2"] = process.argv.slice(2);

const dates = ["audit_date", "referral_date", "referral_decision_date", "completed_date",
  "first_seen_date", "date_of_birth", "risk_known_date", "safety_action_date", "concern_date",
  "strategy_date", "conference_date"];

// A calendar as the number of working days from its first day to each day.
function workingDays(text) {
  const holidays = new Set(text.match(/^\d{4}-\d\d-\d\d/gm));
  const [first, last] = ["first", "last"].map((key) =>
    Date.parse(text.match(new RegExp(`^${key} *= *(\\S+)`, "m"))[1]) / 86400000);
  let count = 0;
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const day = new Date((first + i) * 86400000);
    const iso = day.toISOString().slice(0, 10);
    if (day.getUTCDay() % 6 !== 0 && !holidays.has(iso)) count += 1;
    return count;
  });
}

// A rating: 1 to 4, 0 for not applicable, -1 for missing.
const rating = (field, missing = -1) => `CASE ${field} WHEN 'Good' THEN 3
  WHEN 'Requires improvement' THEN 2 WHEN 'Inadequate' THEN 1 WHEN 'Outstanding' THEN 4
  WHEN 'n/a' THEN 0 ELSE ${missing} END`;

// Bands as the rubric writes them, [level, bound] and best first; the lowest level takes the rest.
const bands = (value, operator, ...levels) => "CASE " + levels
  .map(([level, bound]) => `WHEN ${value} ${operator} ${bound} THEN ${level} `).join("") + "ELSE 1 END";

// Days from `start` to `end`, or while it is open to the audit: not yet due within `due`.
const interval = (start, end, to, due, missing, judged) => `CASE
  WHEN ${start} IS NULL THEN ${missing}
  WHEN ${end} IS NULL AND ${to} <= ${due} THEN 0
  ELSE ${judged} END`;

// Working days between two days, from the counts joined to them.
const between = (start, end) => `(coalesce(${end}_count, audit_date_count) - ${start}_count)`;
const days = (start, end) => `(coalesce(${end}, audit_date) - ${start})`;
const decision = between("referral_date", "referral_decision_date");
const assessment = between("referral_date", "completed_date");
const sight = between("referral_date", "first_seen_date");
const conference = between("strategy_date", "conference_date");
const safety = days("risk_known_date", "safety_action_date");
const strategy = days("concern_date", "strategy_date");

// The criteria in the rubric's order: weight, the most that inadequate allows, rating.
const criteria = [
  [1, 4, interval("referral_date", "referral_decision_date", decision, 1, -1,
    bands(decision, "<=", [4, 0], [3, 1], [2, 2]))],
  [2, 4, interval("referral_date", "completed_date", assessment, 45, -1,
    bands(`greatest(${assessment} - 45, 0)`, "<=", [3, 0], [2, 10]))],
  [2, 2, `CASE WHEN referral_date IS NULL OR first_seen_date IS NULL AND completed_date IS NOT NULL
    THEN -1 WHEN first_seen_date IS NULL AND ${sight} <= 5 THEN 0
    ELSE ${bands(sight, "<=", [4, 2], [3, 5], [2, 10])} END`],
  [2, 2, `CASE WHEN referral_date IS NULL THEN -1
    WHEN date_of_birth IS NULL THEN CASE seen_alone WHEN 'Yes' THEN 3 WHEN 'n/a' THEN 0 ELSE -1 END
    WHEN referral_date < date_of_birth + INTERVAL 48 MONTH THEN 0
    ELSE CASE seen_alone WHEN 'Yes' THEN 3 WHEN 'No' THEN 1 WHEN 'n/a' THEN 0 ELSE -1 END END`],
  [3, 2, rating("child_voice")],
  [3, 1, `CASE WHEN immediate_risk <> 'Yes' THEN 0 ELSE ${interval("risk_known_date",
    "safety_action_date", safety, 0, 2, bands(safety, "<=", [3, 0], [2, 1]))} END`],
  [3, 1, rating("risk_analysis", 1)],
  [2, 2, rating("history_and_chronology")],
  [2, 2, rating("professional_curiosity")],
  [1, 4, rating("parents_and_household")],
  [1, 4, `CASE WHEN agencies_asked IS NULL OR agencies_answered IS NULL THEN -1
    ELSE ${bands("100 * agencies_answered", ">=",
    [4, "100 * agencies_asked"], [3, "75 * agencies_asked"], [2, "50 * agencies_asked"])} END`],
  [2, 1, `CASE WHEN strategy_discussion_needed <> 'Yes' THEN 0 ELSE ${interval("concern_date",
    "strategy_date", strategy, 1, 2, bands(strategy, "<=", [4, 0], [3, 1], [2, 3]))} END`],
  [3, 1, `CASE WHEN section_47 <> 'Yes' THEN 0 ELSE ${rating("section_47_enquiry", 1)} END`],
  [1, 2, `CASE WHEN conference_needed <> 'Yes' THEN 0 ELSE ${interval("strategy_date",
    "conference_date", conference, 15, -1, bands(conference, "<=", [3, 15], [2, 20]))} END`],
  [1, 4, rating("identity")],
  [2, 4, rating("manager_sign_off")],
];

const each = (term) => criteria.map(([weight, most], i) => term(`c${i}`, weight, most));
const capped = (at) => each((c, _, most) => most === at && `${c} = 1`).filter(Boolean).join(" OR ");
const sum = (term) => each(term).join(" + ");
const counted = ["audit_date", "referral_date", "referral_decision_date", "completed_date",
  "first_seen_date", "strategy_date", "conference_date"];

const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run(`SET VARIABLE working_days = [${workingDays(readFileSync(calendar, "utf8")).join(",")}]::INTEGER[]`);
await connection.run(`
COPY (
WITH
records AS (
  SELECT * REPLACE (${dates.map((date) =>
    `CASE WHEN ${date} <> 'n/a' THEN strptime(${date}, '%d/%m/%Y')::DATE END AS ${date}`).join(", ")},
    try_cast(agencies_asked AS INTEGER) AS agencies_asked,
    try_cast(agencies_answered AS INTEGER) AS agencies_answered)
  FROM read_csv('${file}', all_varchar = true)),
dated AS (
  SELECT *, ${counted.map((date) => `getvariable('working_days')[${date} - DATE '2010-01-01' + 1] AS ${date}_count`).join(", ")}
  FROM records),
rated AS (
  SELECT audit_id, ${criteria.map(([, , sql], i) => `${sql} AS c${i}`).join(",\n")} FROM dated),
summed AS (
  SELECT audit_id,
    ${sum((c, weight) => `CASE WHEN ${c} > 0 THEN ${weight} ELSE 0 END`)} AS weight,
    ${sum((c, weight) => `CASE WHEN ${c} < 0 THEN ${weight} ELSE 0 END`)} AS missing,
    ${sum((c, weight) => `${weight} * greatest(${c}, 0)`)} AS points,
    ${sum((c) => `(${c} = 1)::INTEGER`)} AS inadequate,
    ${sum((c) => `(${c} = 2)::INTEGER`)} AS improve,
    CASE WHEN ${capped(1)} THEN 1 WHEN ${capped(2)} THEN 2 ELSE 4 END AS cap
  FROM rated),
judged AS (
  SELECT audit_id, points, weight, cap,
    weight > 0 AND 100 * weight >= 60 * (weight + missing) AS enough,
    CASE WHEN 2 * points >= 7 * weight AND inadequate = 0 AND improve = 0 THEN 4
      WHEN 2 * points >= 5 * weight AND inadequate <= 1 AND improve <= 4 THEN 3
      WHEN 2 * points >= 3 * weight THEN 2 ELSE 1 END AS stepped
  FROM summed)
SELECT audit_id,
  CASE WHEN NOT enough THEN 'not_graded' ELSE CASE least(stepped, cap) WHEN 4 THEN 'outstanding'
    WHEN 3 THEN 'good' WHEN 2 THEN 'requires_improvement' ELSE 'inadequate' END END AS judgement,
  CASE WHEN enough THEN (2000 * points + weight) // (2 * weight) END AS thousandths
FROM judged) TO '${result}' (HEADER, DELIMITER ',')`);

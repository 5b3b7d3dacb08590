// The grading of rubrics/assessments.ini in SQL, for the benchmark.
//
//     node duckdb.mjs FILE CALENDAR RESULT [THREADS]
//
// The same grading, for what can be in the benchmark's file: words trimmed and in any letter case,
// dates in one form, what cannot be read or is out of order rejected. assay also reads the other
// spellings and forms of dates. `run` holds the two results together, record by record.

import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const [file, calendar, result, threads = "2"] = process.argv.slice(2);

const dates = ["audit_date", "referral_date", "referral_decision_date", "completed_date",
  "first_seen_date", "date_of_birth", "risk_known_date", "safety_action_date", "concern_date",
  "strategy_date", "conference_date"];
const counted = ["audit_date", "referral_date", "referral_decision_date", "completed_date",
  "first_seen_date", "strategy_date", "conference_date"];
const words = ["seen_alone", "child_voice", "immediate_risk", "risk_analysis",
  "history_and_chronology", "professional_curiosity", "parents_and_household",
  "strategy_discussion_needed", "section_47", "section_47_enquiry", "conference_needed", "identity",
  "manager_sign_off"];

// ---- What the rubric says, as expressions -----------------------------------------------------
// A rating is 1 to 4; or one of these.
const notApplicable = 0, missing = -1, rejected = -9;

const level = (field, ifMissing = missing) => `CASE WHEN ${field} = 'good' THEN 3
  WHEN ${field} = 'requires improvement' THEN 2 WHEN ${field} = 'inadequate' THEN 1
  WHEN ${field} = 'outstanding' THEN 4 WHEN ${field} = 'n/a' THEN ${notApplicable}
  WHEN ${field} IS NULL OR ${field} = '' THEN ${ifMissing} ELSE ${rejected} END`;

// Bands as the rubric writes them, [level, bound] and best first; the lowest level takes the rest.
const bands = (value, operator, ...levels) => `CASE ${levels.map(([gives, bound]) =>
  `WHEN ${value} ${operator} ${bound} THEN ${gives}`).join(" ")} ELSE 1 END`;

// What happened between two days, or while it is open up to the audit: not yet due within `due`.
const interval = (start, end, value, due, ifMissing, judged) => `CASE
  WHEN ${start} IS NULL THEN ${ifMissing}
  WHEN ${start} > audit_date OR ${end} < ${start} OR ${end} > audit_date THEN ${rejected}
  WHEN ${end} IS NULL AND ${value} <= ${due} THEN ${notApplicable}
  ELSE ${judged} END`;
const workingDays = (start, end) => `(coalesce(${end}_count, audit_date_count) - ${start}_count)`;
const days = (start, end) => `(coalesce(${end}, audit_date) - ${start})`;
const onlyIf = (field, sql) => `CASE WHEN ${field} = 'yes' THEN ${sql} ELSE ${notApplicable} END`;

const decision = workingDays("referral_date", "referral_decision_date");
const assessment = workingDays("referral_date", "completed_date");
const sight = workingDays("referral_date", "first_seen_date");
const conference = workingDays("strategy_date", "conference_date");
const safety = days("risk_known_date", "safety_action_date");
const strategy = days("concern_date", "strategy_date");
const alone = `CASE WHEN seen_alone = 'yes' THEN 3 WHEN seen_alone = 'no' THEN 1
  WHEN seen_alone = 'n/a' THEN ${notApplicable} WHEN seen_alone IS NULL THEN ${missing}
  ELSE ${rejected} END`;

// The criteria in the rubric's order: weight, the most that inadequate allows, rating.
const criteria = [
  [1, 4, interval("referral_date", "referral_decision_date", decision, 1, missing,
    bands(decision, "<=", [4, 0], [3, 1], [2, 2]))],
  [2, 4, interval("referral_date", "completed_date", assessment, 45, missing,
    bands(`greatest(${assessment} - 45, 0)`, "<=", [3, 0], [2, 10]))],
  [2, 2, `CASE WHEN first_seen_date IS NULL AND completed_date IS NOT NULL THEN ${missing}
    ELSE ${interval("referral_date", "first_seen_date", sight, 5, missing,
    bands(sight, "<=", [4, 2], [3, 5], [2, 10]))} END`],
  [2, 2, `CASE WHEN referral_date IS NULL THEN ${missing}
    WHEN date_of_birth IS NULL AND seen_alone = 'no' THEN ${missing}
    WHEN referral_date < date_of_birth + INTERVAL 48 MONTH THEN ${notApplicable}
    ELSE ${alone} END`],
  [3, 2, level("child_voice")],
  [3, 1, onlyIf("immediate_risk", interval("risk_known_date", "safety_action_date", safety, 0, 2,
    bands(safety, "<=", [3, 0], [2, 1])))],
  [3, 1, level("risk_analysis", 1)],
  [2, 2, level("history_and_chronology")],
  [2, 2, level("professional_curiosity")],
  [1, 4, level("parents_and_household")],
  [1, 4, `CASE WHEN agencies_asked IS NULL OR agencies_answered IS NULL THEN ${missing}
    WHEN agencies_answered > agencies_asked THEN ${rejected}
    ELSE ${bands("100 * agencies_answered", ">=", [4, "100 * agencies_asked"],
    [3, "75 * agencies_asked"], [2, "50 * agencies_asked"])} END`],
  [2, 1, onlyIf("strategy_discussion_needed", interval("concern_date", "strategy_date", strategy, 1,
    2, bands(strategy, "<=", [4, 0], [3, 1], [2, 3])))],
  [3, 1, onlyIf("section_47", level("section_47_enquiry", 1))],
  [1, 2, onlyIf("conference_needed", interval("strategy_date", "conference_date", conference, 15,
    missing, bands(conference, "<=", [3, 15], [2, 20])))],
  [1, 4, level("identity")],
  [2, 4, level("manager_sign_off")],
];

// ---- The query ------------------------------------------------------------------------------

// A calendar as the number of working days from its first day up to each day.
function prefixCounts(text) {
  const holidays = new Set(text.match(/^\d{4}-\d\d-\d\d/gm));
  const day = (key) => Date.parse(text.match(new RegExp(`^${key} *= *(\\S+)`, "m"))[1]);
  const counts = [];
  let count = 0;
  for (let at = day("first"); at <= day("last"); at += 86400000) {
    const date = new Date(at);
    if (date.getUTCDay() % 6 !== 0 && !holidays.has(date.toISOString().slice(0, 10))) count += 1;
    counts.push(count);
  }
  return { first: new Date(day("first")).toISOString().slice(0, 10), counts };
}

const { first, counts } = prefixCounts(readFileSync(calendar, "utf8"));
const list = (items, sql) => items.map(sql).join(",\n    ");
const each = (sql) => criteria.map(([weight, most], i) => sql(`c${i}`, weight, most));
const sum = (sql) => each(sql).join(" + ");
const held = (at) => each((c, _, most) => most === at && `${c} = 1`).filter(Boolean).join(" OR ");

const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run(`SET VARIABLE working_days = [${counts.join(",")}]::INTEGER[]`);
await connection.run(`
COPY (
WITH
cells AS (
  SELECT audit_id,
    ${list(dates, (date) => `trim(${date}) AS ${date}_text`)},
    ${list(words, (word) => `lower(trim(${word})) AS ${word}`)},
    try_cast(agencies_asked AS INTEGER) AS agencies_asked,
    try_cast(agencies_answered AS INTEGER) AS agencies_answered
  FROM read_csv('${file}', all_varchar = true)),
typed AS (
  SELECT *,
    ${list(dates, (date) => `CASE WHEN ${date}_text <> 'n/a'
      THEN try_strptime(${date}_text, '%d/%m/%Y')::DATE END AS ${date}`)}
  FROM cells),
dated AS (
  SELECT *,
    ${list(counted, (date) => `getvariable('working_days')[${date} - DATE '${first}' + 1]
      AS ${date}_count`)},
    ${dates.map((date) => `(${date} IS NULL AND ${date}_text <> 'n/a')`).join(" OR ")} AS unreadable
  FROM typed),
rated AS (
  SELECT audit_id, unreadable,
    ${list(criteria, ([, , sql], i) => `${sql} AS c${i}`)}
  FROM dated),
summed AS (
  SELECT audit_id,
    unreadable OR least(${each((c) => c)}) = ${rejected} AS rejected,
    ${sum((c, weight) => `CASE WHEN ${c} > 0 THEN ${weight} ELSE 0 END`)} AS weight,
    ${sum((c, weight) => `CASE WHEN ${c} < 0 THEN ${weight} ELSE 0 END`)} AS missing,
    ${sum((c, weight) => `${weight} * greatest(${c}, 0)`)} AS points,
    ${sum((c) => `(${c} = 1)::INTEGER`)} AS inadequate,
    ${sum((c) => `(${c} = 2)::INTEGER`)} AS improve,
    CASE WHEN ${held(1)} THEN 1 WHEN ${held(2)} THEN 2 ELSE 4 END AS most
  FROM rated),
judged AS (
  SELECT audit_id, points, weight, most,
    (rejected IS NOT TRUE) AND weight > 0 AND 100 * weight >= 60 * (weight + missing) AS graded,
    CASE WHEN 2 * points >= 7 * weight AND inadequate = 0 AND improve = 0 THEN 4
      WHEN 2 * points >= 5 * weight AND inadequate <= 1 AND improve <= 4 THEN 3
      WHEN 2 * points >= 3 * weight THEN 2 ELSE 1 END AS stepped
  FROM summed)
SELECT audit_id,
  CASE WHEN NOT graded THEN 'not_graded' ELSE CASE least(stepped, most) WHEN 4 THEN 'outstanding'
    WHEN 3 THEN 'good' WHEN 2 THEN 'requires_improvement' ELSE 'inadequate' END END AS judgement,
  CASE WHEN graded THEN (2000 * points + weight) // (2 * weight) END AS thousandths
FROM judged) TO '${result}' (HEADER, DELIMITER ',')`);

"use strict";
// A moderation pack: counts what is filled in, saves the answers as CSV, and reads them back.
// Nothing is kept in the browser and nothing is sent.
(function () {
    const form = document.querySelector("form");
    const progress = document.getElementById("progress");
    const notice = document.getElementById("notice");
    const columns = ["pack", "audit_id", "question_id", "answer"];
    let changed = false;

    const questions = () => Array.from(form.querySelectorAll("[data-question]"));

    function answerOf(question) {
        if (question.tagName !== "FIELDSET") return question.value.trim();
        const chosen = question.querySelector("input:checked");
        return chosen ? chosen.value : "";
    }

    function setAnswer(question, answer) {
        if (question.tagName !== "FIELDSET") {
            question.value = answer;
            return question.value === answer;
        }
        const choice = Array.from(question.querySelectorAll("input")).find((one) => one.value === answer);
        if (choice) choice.checked = true;
        return Boolean(choice);
    }

    function showProgress() {
        const audits = Array.from(form.querySelectorAll("section[data-audit]"));
        let complete = 0;
        for (const audit of audits) {
            const open = Array.from(audit.querySelectorAll("[data-question]")).filter(
                (question) => question.dataset.optional !== "yes" && answerOf(question) === "").length;
            audit.querySelector(".state").textContent = open === 0 ? "complete" : open + " to answer";
            complete += open === 0 ? 1 : 0;
        }
        progress.textContent = complete + " of " + audits.length + " audits complete";
    }

    // A cell that a spreadsheet would run gets an apostrophe, which is taken away when it is read.
    function cell(value) {
        const guarded = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
        return "\"" + guarded.replace(/"/g, "\"\"") + "\"";
    }

    function save() {
        const rows = questions().map((question) =>
            [form.dataset.pack, question.dataset.audit, question.dataset.question, answerOf(question)]);
        const text = [columns].concat(rows).map((row) => row.map(cell).join(",") + "\r\n").join("");
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
        link.download = form.dataset.pack + ".csv";
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
        changed = false;
        notice.textContent = "Saved as " + link.download + " where your browser puts downloads.";
    }

    function rowsOf(text) {
        const rows = [];
        let row = [], value = "", quoted = false;
        const endCell = () => { row.push(value.replace(/^'(?=[=+\-@\t\r])/, "")); value = ""; };
        const endRow = () => { endCell(); rows.push(row); row = []; };
        text = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
        for (let i = 0; i < text.length; i++) {
            const at = text[i];
            if (quoted && at === "\"" && text[i + 1] === "\"") { value += at; i++; }
            else if (at === "\"") quoted = !quoted;
            else if (!quoted && at === ",") endCell();
            else if (!quoted && at === "\n") endRow();
            else value += at;
        }
        if (value !== "" || row.length > 0) endRow();
        return rows;
    }

    async function load(file) {
        const rows = rowsOf(await file.text());
        const at = columns.map((name) => (rows[0] || []).indexOf(name));
        if (at.includes(-1)) {
            notice.textContent = file.name + " holds no saved answers: choose a file that this page saved.";
            return;
        }
        let read = 0, passed = 0;
        for (const row of rows.slice(1)) {
            const [pack, audit, id, answer] = at.map((column) => row[column] || "");
            const question = questions().find((one) => one.dataset.audit === audit && one.dataset.question === id);
            if (pack === form.dataset.pack && question && answer !== "" && setAnswer(question, answer)) read++;
            else if (answer !== "") passed++;
        }
        notice.textContent = read + " answers read from " + file.name +
            (passed > 0 ? "; " + passed + " are not of this pack and were passed over." : ".");
        showProgress();
    }

    form.addEventListener("input", () => { changed = true; showProgress(); });
    form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
    document.getElementById("load").addEventListener("change", (event) => {
        if (event.target.files.length > 0) load(event.target.files[0]);
    });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
    showProgress();
})();

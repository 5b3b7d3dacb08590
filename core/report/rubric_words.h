/* rubric_words.h - the rules of a rubric in sentences, for whoever reads it aloud. Plain text:
 * each function adds to `out` and ends with a full stop where it is a sentence. */
#pragma once

#include "writing/buffer.h"
#include "rubric/rubric.h"

/* "It counts the working days from referral_date to completed_date (calendar england)." */
void words_measure(buffer *out, const criterion *asked);

/* "Outstanding up to 35 working days; Good up to 45; Requires improvement up to 55; otherwise
 * Inadequate." For ratings: "The level is the one written in the record." */
void words_rating(buffer *out, const rubric *held, const criterion *asked);

/* "Where it is not recorded, it is rated Inadequate." */
void words_missing(buffer *out, const rubric *held, const criterion *asked);

/* "It is asked only where disabled is yes."; nothing where it always applies. */
void words_applies(buffer *out, const criterion *asked);

/* "Rated Inadequate, it holds the judgement to Inadequate." */
void words_limit(buffer *out, const rubric *held, const limit *held_by);

/* "A judgement of Good allows at most 1 criterion rated Inadequate." */
void words_requirement(buffer *out, const rubric *held, const requirement *asked);

/* "Outstanding from a score of 3.5, Good from 2.5, Requires improvement from 1.5, else
 * Inadequate." */
void words_thresholds(buffer *out, const rubric *held);

/* "1 is the best: 1 Outstanding, 2 Good, 3 Requires improvement, 4 Inadequate."; nothing where the
 * rubric reads no numbers as levels. */
void words_numbers(buffer *out, const rubric *held);

/* 2.5 for 2500: as few places as it takes. */
void words_thousandths(buffer *out, unsigned thousandths);

/* "38 working days", "1 day", "24%", "12". */
void words_number(buffer *out, const criterion *asked, double value);

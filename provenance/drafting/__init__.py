"""From documents to a draft case, for a person to confirm.

- `articles`: documents as they were read, and who published them.
- `reuse`: which documents share passages, word for word or nearly.
- `credits`: where a text says from whom it has what it says.
- `publishers`: who publishes an address: domains, platforms, archives.
- `copies`: who copied whom, as far as texts, credits and dates show it.
- `pages`: a list of pages as an agent collects them, and which side of its claim each takes.
- `claim_words`: what a text says of a claim: whether it states, denies or doubts it.
- `page_owners`: which pages of a list have one publisher.
- `page_voices`: who takes which side of a claim on a page.
- `page_mentions`: where a page names who publishes another one of its list.
- `page_checks`: what to look into in a list of pages.
- `page_groups`: pages by the origins that they go back to.
- `page_links`: from whom each page of a list has what it says.
- `page_case`: the case that a list of pages makes.
- `audit`: how many origins a list of pages has, and what that makes likely.
- `drafts`: what a draft holds, reading and writing it, and the case that it makes.
- `drafter`: documents in, one draft out; several drafts as one.
- `rules`: the drafter by rules, one document at a time.
- `repeats`: headlines, captions and pull-quotes that repeat a statement.
- `model_drafter`: the drafter by a model of anybody's choice.
- `model_answers`: what a model is asked, and its answers read strictly.
- `alignment`: where copied words stand in a text.
- `taken_back`: what takes a report back or calls it false, around the words that state a claim.
- `fake_speakers`: whom or what a page itself calls fake: a doctored screenshot, a parody account.
- `told_names`: what a text tells of the names in it: the full name, and of what kind it is.
- `antecedents`: whom a pronoun can mean: those with whom the clauses before it begin.
- `constructions`: the constructions by which an English sentence attributes.
- `hearsay`: the constructions without a verb of saying beside its speaker: citing, nouns, adverbs.
- `noun_contents`: what a noun tells and no clause: denials, pleas, figures, who had it first.
- `verb_groups`: a reporting verb with its auxiliaries, and the attribution found by it.
- `headlines`: headlines with a colon or in capital words.
- `noun_phrases`: the mentions of those who speak.
- `leading_words`: what stands before a noun phrase and is no part of it.
- `contents`: what is said: before its speaker, after, or around.
- `clauses`: where a clause begins and ends.
- `back_references`: what is said of what was said before: "a general denied it".
- `nesting`: what the attributions of one sentence are to each other.
- `cues`: reporting verbs, nouns and adverbs, as tables.
- `english`: the small words around them, as tables.
- `languages`: which language a text is in.
- `layout`: paragraphs, sentences, quotations and their pieces.
- `mentions`: what a mention says of somebody: a name, a role, how many.
- `speakers`: who is meant by "he", "the daily" and "the former officer".
- `voices`: one who speaks, and whether other words can mean him.
- `said_dates`: when something was said.
- `claim_wording`: how a claim is worded for what somebody says.
- `claim_groups`: which statements are about one claim.
- `claim_likeness`: whether two wordings are of one claim.
- `reprints`: statements that stand in another document of the draft, and lead on there.
- `deciding`: confirming, correcting, rejecting, undoing; one source under two names.
- `review_page`: the page on which a person decides.
- `unconfirmed`: what a draft would answer, with what nobody confirmed and without it.
"""

from provenance.drafting.articles import (
    Passage,
    SourceDocument,
    read_document,
    read_documents,
)
from provenance.drafting.audit import (
    Audit,
    AuditedClaim,
    PageGroup,
    ToCheck,
    audit,
    audit_schema,
)
from provenance.drafting.copies import Copies, ProposedLink, copies
from provenance.drafting.credits import Credit, credits_in
from provenance.drafting.deciding import (
    Decision,
    Decisions,
    confirm,
    correct,
    decide,
    join_sources,
    load_decisions,
    reject,
    reword,
    undo,
)
from provenance.drafting.drafter import draft, merge_drafts
from provenance.drafting.drafts import (
    Draft,
    DraftClaim,
    Drafter,
    DraftSource,
    DraftStatement,
    Hop,
    Refusal,
    draft_schema,
    load_draft,
    save_draft,
)
from provenance.drafting.model_answers import model_prompt, model_schema
from provenance.drafting.model_drafter import Complete, pydantic_ai_complete
from provenance.drafting.page_links import PageLink
from provenance.drafting.pages import Page, evidence_schema
from provenance.drafting.publishers import WebAddress, domain_of, web_address
from provenance.drafting.reuse import SharedPassage, SharedText, shared_texts
from provenance.drafting.review_page import review_html
from provenance.drafting.unconfirmed import (
    DraftAnswer,
    answers_of,
    draft_answers,
    unconfirmed_in,
    without_unconfirmed,
)

__all__ = [
    "Audit",
    "AuditedClaim",
    "Complete",
    "Copies",
    "Credit",
    "Decision",
    "Decisions",
    "Draft",
    "DraftAnswer",
    "DraftClaim",
    "DraftSource",
    "DraftStatement",
    "Drafter",
    "Hop",
    "Page",
    "PageGroup",
    "PageLink",
    "Passage",
    "ProposedLink",
    "Refusal",
    "SharedPassage",
    "SharedText",
    "SourceDocument",
    "ToCheck",
    "WebAddress",
    "answers_of",
    "audit",
    "audit_schema",
    "confirm",
    "copies",
    "correct",
    "credits_in",
    "decide",
    "domain_of",
    "draft",
    "draft_answers",
    "draft_schema",
    "evidence_schema",
    "join_sources",
    "load_decisions",
    "load_draft",
    "merge_drafts",
    "model_prompt",
    "model_schema",
    "pydantic_ai_complete",
    "read_document",
    "read_documents",
    "reject",
    "review_html",
    "reword",
    "save_draft",
    "shared_texts",
    "unconfirmed_in",
    "undo",
    "web_address",
    "without_unconfirmed",
]

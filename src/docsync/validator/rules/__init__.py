"""The rules, one file each: one line a rule."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from docsync.validator.rule import RuleModule

_MODULES: Final = (
    "not_utf8",  # DS001
    "not_text",  # DS002
    "file_too_large",  # DS003
    "merge_conflict",  # DS004
    "unreadable_file",  # DS005
    "write_failed",  # DS006
    "write_refused",  # DS007
    "file_changed",  # DS008
    "front_matter_syntax",  # DS010
    "front_matter_unclosed",  # DS011
    "front_matter_duplicate_key",  # DS012
    "front_matter_alias_or_tag",  # DS013
    "front_matter_not_a_mapping",  # DS014
    "front_matter_too_large",  # DS015
    "front_matter_bad_value",  # DS016
    "mojibake",  # DS017
    "missing_field",  # DS101
    "invalid_field",  # DS102
    "unknown_status",  # DS103
    "unknown_field",  # DS104
    "duplicate_id",  # DS105
    "id_name_mismatch",  # DS106
    "unknown_kind",  # DS107
    "count_disagrees_with_records",  # DS201
    "percent_disagrees_with_fraction",  # DS202
    "count_disagrees_with_table",  # DS203
    "criteria_count_disagrees",  # DS204
    "sum_disagrees_with_parts",  # DS205
    "count_disagrees_with_items",  # DS206
    "share_disagrees_with_counts",  # DS207
    "count_disagrees_with_statuses",  # DS208
    "bound_number_stale",  # DS210
    "binding_invalid",  # DS211
    "computed_value_stale",  # DS212
    "counts_disagree",  # DS220
    "percents_disagree",  # DS221
    "column_disagrees",  # DS222
    "status_disagrees",  # DS301
    "status_disagrees_with_share",  # DS303
    "document_status_disagrees",  # DS304
    "waits_for_what_is_done",  # DS305
    "members_disagree",  # DS306
    "current_disagrees",  # DS307
    "complete_with_open_boxes",  # DS308
    "reopened_without_reason",  # DS309
    "passed_gate_taken_back",  # DS310
    "file_name_status_disagrees",  # DS311
    "overall_behind_phases",  # DS312
    "resolved_count_falls",  # DS313
    "status_jumps",  # DS314
    "next_never_picked_up",  # DS315
    "dependency_cycle",  # DS401
    "relation_without_inverse",  # DS402
    "ready_while_blocked",  # DS403
    "blocked_by_resolved",  # DS404
    "resolved_with_open_dependency",  # DS405
    "phase_complete_with_open_items",  # DS406
    "gate_passed_with_unmet_criteria",  # DS407
    "gate_short_of_pass_condition",  # DS408
    "phase_begun_before_gate",  # DS409
    "last_updated_stale",  # DS410
    "session_behind",  # DS411
    "unknown_id",  # DS501
    "file_missing",  # DS502
    "heading_missing",  # DS503
    "line_count_disagrees",  # DS504
    "commit_unknown",  # DS505
    "tests_disagree_with_report",  # DS506
    "coverage_disagrees",  # DS507
    "evidence_missing",  # DS508
    "evidence_stale",  # DS509
    "stale_region",  # DS601
    "malformed_region",  # DS602
    "region_edited_by_hand",  # DS603
    "region_failed",  # DS604
    "internal_error",  # DS900
    "unused_suppression",  # DS901
    "stale_baseline",  # DS902
    "nothing_found",  # DS903
)
"""Every rule's module, by code; where two rules reject one number, the first one's finding stands."""

REGISTRY: Final[tuple[RuleModule, ...]] = tuple(
    cast("RuleModule", import_module(f"{__name__}.{module}")) for module in _MODULES
)
"""Every rule, by code."""

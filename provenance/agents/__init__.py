"""Tools for agents: their schemas, answers that models can use, and the server that offers them."""

from provenance.agents.answers import answer_for_model
from provenance.agents.mcp_server import serve
from provenance.agents.tools import ToolAnswer, call_tool, case_from_model, tool_schema

__all__ = [
    "ToolAnswer",
    "answer_for_model",
    "call_tool",
    "case_from_model",
    "serve",
    "tool_schema",
]

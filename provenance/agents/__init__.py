"""Tools for agents: their schemas, answers that models can use, and the server that offers them.

- `tools`: what an agent can ask for: arguments, bounds, answers
- `tool_schemas`: the JSON Schemas of tools and cases, plain and strict; cases from models
- `answers`: an assessment as a model should see it, quotations that cannot be closed
- `workers`: processes that do the work and can be ended
- `case_folder`: the case files of one folder, and nothing outside it
- `mcp_server`: the tools over the Model Context Protocol
"""

from provenance.agents.answers import answer_for_model
from provenance.agents.mcp_server import serve
from provenance.agents.tool_schemas import case_from_model, tool_schema
from provenance.agents.tools import ToolAnswer, call_tool

__all__ = [
    "ToolAnswer",
    "answer_for_model",
    "call_tool",
    "case_from_model",
    "serve",
    "tool_schema",
]

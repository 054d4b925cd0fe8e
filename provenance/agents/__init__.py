"""Tools for agents: their schemas, answers that models can use, and the server that offers them.

- `answers`: an assessment as a model should see it, in quotations that cannot be closed
- `case_folder`: the case files of one folder, and nothing outside it
- `http_bounds`: how long the head and the body of a request may take to come
- `mcp_server`: the tools over the Model Context Protocol
- `page_answers`: lists of pages and texts as agents hand them over, and what they are told of them
- `tools`: what an agent can ask for: arguments, bounds, answers, and their JSON Schemas
- `workers`: what a call will cost, and processes that do the work and can be ended
"""

from provenance.agents.answers import answer_for_model
from provenance.agents.mcp_server import serve
from provenance.agents.tools import TOOLS, ToolAnswer, call_tool, case_from_model, tool_schema

__all__ = [
    "TOOLS",
    "ToolAnswer",
    "answer_for_model",
    "call_tool",
    "case_from_model",
    "serve",
    "tool_schema",
]

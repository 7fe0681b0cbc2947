"""One folder a tool: what agents may call, found by the folder's name."""

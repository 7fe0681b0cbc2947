-- Say something to one agent or to all; the environment carries the message on.

local agents = require("runtime.agents")
local errors = require("runtime.errors")

local tool = {name = "send_message"}

-- longest message, characters: a page, so that inboxes stay readable
local LONGEST = 4000

-- Characters of a text in UTF-8: all bytes but those that go on with a character.
local function length_of(text)
  local _, count = string.gsub(text, "[^\128-\191]", "")
  return count
end

local function check_recipient(agent, recipient)
  local index, count = agents.index_of(recipient), agents.count()
  if index == nil then
    errors.fail(
      "no-such-recipient",
      string.format(
        "there is no agent %s; the agents are 0 to %d, and you are %d", tostring(recipient),
        count - 1, agent - 1
      ),
      {recipient = recipient, agents = count}
    )
  end
  if index == agent - 1 then
    errors.fail(
      "no-such-recipient",
      string.format("you are agent %d yourself; a message goes to others", agent - 1),
      {recipient = recipient, agents = count}
    )
  end
  return index
end

function tool.call(agent, arguments)
  agents.character(agent)
  local message, recipient = arguments.message, arguments.recipient
  local length = length_of(message)
  if length > LONGEST then
    errors.fail(
      "message-too-long",
      string.format("a message may have %d characters, and this has %d", LONGEST, length),
      {length = length, longest = LONGEST}
    )
  end
  local index = recipient ~= nil and check_recipient(agent, recipient) or nil
  return {value = {recipient = index, message = message, metadata = arguments.metadata}}
end

return tool

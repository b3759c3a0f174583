using Microsoft.OpenApi;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.OpenApi.Schemas;

namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>What chat completions and plans are asked with.</summary>
static class ChatBody
{
    static OpenApiSchema Call { get; } = Schema.Object(
        "A call.",
        ("id", Schema.Text("Its id.")),
        ("type", Schema.Text("Its kind.", "function")),
        ("function", Schema.Object(
            "What was called.", ("name", Schema.Text("Of the function.")), ("arguments", Schema.Text("A JSON object as text."))).Needs("name"))
    ).Needs("id", "type", "function");

    static OpenApiSchema Tool { get; } = Schema.Object(
        "A function that the caller can run.",
        ("type", Schema.Text("Its kind.", "function")),
        ("function", Schema.Object(
            "What it is.",
            ("name", Schema.Text("1 to 64 letters, digits, '_' and '-'.")),
            ("description", Schema.Text("What it does, for the expert.")),
            ("parameters", Schema.Object("JSON schema of its arguments.").Open()),
            ("strict", Schema.Flag("Arguments are not held to their schema, so that only false is taken.", false))).Needs("name"))
    ).Needs("type", "function");

    public static OpenApiSchema Message { get; } = Schema.Object(
        "One turn of the conversation.",
        ("role", Schema.Text("Who speaks; 'tool' gives the result of a call.", "system", "developer", "user", "assistant", "tool")),
        ("content", Schema.Either(
            "What is said: a text, or its parts. An assistant's message with tool_calls may have none.",
            Schema.Text("The text."),
            Schema.List("Parts of text, which are joined.", Schema.Object("A part.", ("type", Schema.Text("Its kind.", "text")), ("text", Schema.Text("The text."))).Needs("type", "text")))),
        ("tool_calls", Schema.List("The calls of an assistant's message, as they were given.", Call)),
        ("tool_call_id", Schema.Text("Of a message of the role 'tool': the call whose result it is."))
    ).Needs("role").Open();

    public static OpenApiSchema Sent { get; } = Schema.Object(
        $"OpenAI's request. Taken without effect: {string.Join(", ", ChatRequestReader.WithoutEffect)}. "
            + $"Refused by name unless it asks for nothing: {string.Join(", ", UnsupportedFeatures.Names)}.",
        ("model", Schema.Text("A policy, which chooses the expert ('auto' mostly), or an expert's id; list_models has all.")),
        ("messages", Schema.List("The conversation so far; the last message of the user is the question.", Message, least: 1)),
        ("max_completion_tokens", Schema.Whole("Most tokens of the answer.", least: 1, most: int.MaxValue)),
        ("max_tokens", Schema.Whole("The older name of max_completion_tokens.", least: 1, most: int.MaxValue)),
        ("temperature", Schema.Number("How much chance there is in the answer, 0 to 2: 0 always takes the likeliest token. Without it as the expert is configured, as with all below.", 0, 2)),
        ("top_p", Schema.Number("Only the likeliest tokens that together have this probability.", 0, 1)),
        ("top_k", Schema.Whole("Only so many of the likeliest tokens; 0 takes all.", 0, 1_000_000)),
        ("min_p", Schema.Number("Only tokens with at least this share of the likeliest one's probability.", 0, 1)),
        ("repeat_penalty", Schema.Number("Makes what was said less likely; 1 is none.", 0.01, 10)),
        ("frequency_penalty", Schema.Number("Makes tokens less likely by how often they were said.", -2, 2)),
        ("presence_penalty", Schema.Number("Makes tokens less likely that were said at all.", -2, 2)),
        ("seed", Schema.Whole("Of the chance: equal seeds give equal answers of the same expert.")),
        ("stop", Schema.ListOrOne("Texts that end the answer before them; a single one may also be given as a string.", Schema.Text("A text that is not empty."), most: 16)),
        ("user", Schema.Text("Without effect.")),
        ("stream", Schema.Flag("Whether the answer comes as server-sent events while it is written.", false)),
        ("stream_options", Schema.Object(
            "Of a streamed answer.",
            ("include_usage", Schema.Flag("Whether a last event tells the tokens used.", false)),
            ("include_obfuscation", Schema.Flag("Events are never padded, so that only false is taken.", false)))),
        ("tools", Schema.List("Functions that the answer may call; only experts that call tools are asked then.", Tool, most: 128)),
        ("tool_choice", Schema.Text("auto leaves calling to the expert, none forbids it, required wants a call. An object {\"type\": \"function\", \"function\": {\"name\": …}} wants a call of that one.")),
        ("parallel_tool_calls", Schema.Flag("Whether an answer may have more than one call.", true)),
        ("response_format", Schema.Object(
            "The form that the answer is held to while it is written; not together with tools that may be called.",
            ("type", Schema.Text("text is free, json_object any JSON object, json_schema JSON of the schema given.", "text", "json_object", "json_schema")),
            ("json_schema", Schema.Object(
                "For the type json_schema.",
                ("name", Schema.Text("Without effect.")),
                ("description", Schema.Text("Without effect.")),
                ("schema", Schema.Object("JSON schema of the answer.").Open()),
                ("strict", Schema.Flag("Whether a schema is refused whose hints cannot be enforced: patterns, bounds of numbers, most formats.", false)))))),
        ("service_tier", Schema.Text("'flex' is work that can wait: it fills what others leave.", "auto", "default", "flex", "priority"))
    ).Needs("model", "messages").Open();
}

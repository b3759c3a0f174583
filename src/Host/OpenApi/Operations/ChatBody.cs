using Microsoft.OpenApi;
using Orchestrator.Host.OpenApi.Schemas;
using Orchestrator.Host.OpenAi;

namespace Orchestrator.Host.OpenApi.Operations;

/// <summary>What chat completions and plans are asked with.</summary>
static class ChatBody
{
    public static OpenApiSchema Message { get; } = Schema.Object(
        "One turn of the conversation.",
        ("role", Schema.Text("Who speaks.", "system", "developer", "user", "assistant")),
        ("content", Schema.Either(
            "What is said: a text, or its parts.",
            Schema.Text("The text."),
            Schema.List("Parts of text, which are joined.", Schema.Object("A part.", ("type", Schema.Text("Its kind.", "text")), ("text", Schema.Text("The text."))).Needs("type", "text"))))
    ).Needs("role", "content").Open();

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
        ("stop", Schema.List("Texts that end the answer before them; a single one may also be given as a string.", Schema.Text("A text that is not empty."), most: 16)),
        ("stream", Schema.Flag("Whether the answer comes as server-sent events while it is written.", false)),
        ("stream_options", Schema.Object(
            "Of a streamed answer.",
            ("include_usage", Schema.Flag("Whether a last event tells the tokens used.", false)),
            ("include_obfuscation", Schema.Flag("Events are never padded, so that only false is taken.", false)))),
        ("service_tier", Schema.Text("'flex' is work that can wait: it fills what others leave.", "auto", "default", "flex", "priority"))
    ).Needs("model", "messages").Open();
}

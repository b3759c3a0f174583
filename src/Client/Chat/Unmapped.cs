using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Chat;

/// <summary>What callers may ask for and the wire cannot say: refused by name, so that nothing is silently left out.</summary>
static class Unmapped
{
    public static void Refuse(ChatOptions? options)
    {
        if (options?.ConversationId is not null)
            throw Option(nameof(options.ConversationId), "the service keeps no conversations; send all messages each time");
        if (options?.ContinuationToken is not null)
            throw Option(nameof(options.ContinuationToken), "an answer cannot be gone on with later; ask again");
        if (options?.Reasoning?.Output is ReasoningOutput.Summary or ReasoningOutput.Full)
            throw Option($"{nameof(options.Reasoning)}.{nameof(options.Reasoning.Output)}", "experts give no reasoning beside their answer; leave it out");
    }

    public static NotSupportedException Tool(AITool tool) => Option(
        nameof(ChatOptions.Tools),
        $"'{tool.Name}' is a {tool.GetType().Name}; only functions ({nameof(AIFunctionDeclaration)}) can be described to the service");

    public static NotSupportedException Number(string member, float value) => Option(member, $"it is {value}, and JSON has finite numbers only");

    public static NotSupportedException Content(ChatMessage message, AIContent? content, string allowed) => new(
        $"A message of the role '{message.Role}' has {(content is null ? "null for a content" : $"a {content.GetType().Name}")}, which cannot be sent: {allowed}.");

    static NotSupportedException Option(string name, string why) => new($"{nameof(ChatOptions)}.{name} cannot be honoured: {why}.");
}

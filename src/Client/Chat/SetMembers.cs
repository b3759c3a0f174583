using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Chat;

/// <summary>Fields of a request that a member of <see cref="ChatOptions"/> has written already: twice, either could win.</summary>
static class SetMembers
{
    /// <returns>The member; null where none has written the field.</returns>
    public static string? Of(string field, ChatOptions options) => field switch
    {
        "temperature" when options.Temperature is not null => nameof(options.Temperature),
        "top_p" when options.TopP is not null => nameof(options.TopP),
        "top_k" when options.TopK is not null => nameof(options.TopK),
        "max_completion_tokens" or "max_tokens" when options.MaxOutputTokens is not null => nameof(options.MaxOutputTokens),
        "seed" when options.Seed is not null => nameof(options.Seed),
        "frequency_penalty" when options.FrequencyPenalty is not null => nameof(options.FrequencyPenalty),
        "presence_penalty" when options.PresencePenalty is not null => nameof(options.PresencePenalty),
        "stop" when options.StopSequences is { Count: > 0 } => nameof(options.StopSequences),
        "reasoning_effort" when options.Reasoning?.Effort is not null => $"{nameof(options.Reasoning)}.{nameof(options.Reasoning.Effort)}",
        "response_format" when options.ResponseFormat is not null => nameof(options.ResponseFormat),
        "tools" when options.Tools is { Count: > 0 } => nameof(options.Tools),
        "parallel_tool_calls" when options.AllowMultipleToolCalls is not null => nameof(options.AllowMultipleToolCalls),
        "tool_choice" when options.ToolMode is not null => nameof(options.ToolMode),
        _ => null,
    };
}

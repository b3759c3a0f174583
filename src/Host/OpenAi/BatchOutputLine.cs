using System.Text.Json.Serialization;

namespace Orchestrator.Host.OpenAi;

/// <summary>One line of an output or error file.</summary>
/// <param name="Response">What an online request would have got, errors too; null for an item that was not run.</param>
/// <param name="Error">Why an item was not run; null for one that was.</param>
sealed record BatchOutputLine(string Id, string CustomId, BatchResponse? Response, BatchLineError? Error);

/// <param name="StatusCode">200, or the status that the same request would have had online.</param>
sealed record BatchResponse(int StatusCode, string RequestId, BatchBody Body);

sealed record BatchLineError(string Code, string Message);

/// <summary>The body of a reply: a completion, or an error in its envelope.</summary>
[JsonConverter(typeof(BatchBodyConverter))]
sealed record BatchBody(ChatCompletion? Completion, ErrorEnvelope? Failure);

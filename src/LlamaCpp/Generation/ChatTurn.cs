namespace Orchestrator.LlamaCpp.Generation;

/// <summary>One message of a conversation, as the chat template sees it.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">Plain text; control tokens in it are never parsed as such.</param>
public sealed record ChatTurn(string Role, string Content);

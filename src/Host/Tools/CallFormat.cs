using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tools;

/// <summary>How models of one training are told of tools and write their calls. Pure; a new one is a file and a line in <see cref="ToolFormats"/>.</summary>
/// <param name="Write">
/// The conversation in turns of plain text, for chat templates that know nothing of tools; in the messages, results have the role <c>tool</c>.
/// </param>
/// <param name="Grammar">GBNF of an answer that is one call of one of these functions.</param>
/// <param name="Reader">For one answer.</param>
sealed record CallFormat(
    Func<IReadOnlyList<ChatTurn>, ToolUse, IReadOnlyList<ChatTurn>> Write, Func<IReadOnlyList<string>, string> Grammar, Func<CallReader> Reader);

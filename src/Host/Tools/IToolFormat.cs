using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tools;

/// <summary>How models of one training are told of tools and write their calls. Pure; a new one is a file and a line in <see cref="ToolFormats"/>.</summary>
interface IToolFormat
{
    /// <summary>The conversation in turns of plain text, for chat templates that know nothing of tools.</summary>
    /// <param name="messages">With the role <c>tool</c> for results.</param>
    IReadOnlyList<ChatTurn> Write(IReadOnlyList<ChatTurn> messages, ToolUse use);

    /// <returns>GBNF of an answer that is one call of one of these functions.</returns>
    string Grammar(IReadOnlyList<string> names);

    /// <returns>For one answer.</returns>
    ICallReader Reader();
}

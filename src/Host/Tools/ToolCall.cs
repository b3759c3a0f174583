namespace Orchestrator.Host.Tools;

/// <summary>What an expert wants to be run.</summary>
/// <param name="Id">Pairs it with its result; models never see it.</param>
/// <param name="Arguments">A JSON object.</param>
sealed record ToolCall(string Id, string Name, string Arguments);

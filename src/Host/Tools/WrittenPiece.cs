namespace Orchestrator.Host.Tools;

/// <summary>A piece of what a model wrote: text for the reader, or a call.</summary>
/// <param name="Call">Its name and its arguments, a JSON object.</param>
readonly record struct WrittenPiece(string Text, (string Name, string Arguments)? Call = null);

using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tools;

/// <summary>A piece of an answer as clients see it: text, or a whole call; the last one tells why the answer ended.</summary>
readonly record struct AnswerPiece(string Text, ToolCall? Call = null, FinishReason? Finish = null);

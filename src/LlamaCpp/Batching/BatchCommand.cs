namespace Orchestrator.LlamaCpp.Batching;

enum BatchCommandKind
{
    Submit,
    Cancel,
}

/// <summary>What other threads may ask of a batch loop.</summary>
readonly record struct BatchCommand(BatchCommandKind Kind, Sequence Sequence);

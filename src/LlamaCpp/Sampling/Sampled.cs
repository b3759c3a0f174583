using System.Runtime.InteropServices;

namespace Orchestrator.LlamaCpp.Sampling;

enum SampleOutcome
{
    Token,

    /// <summary>The logits are not numbers.</summary>
    BadLogits,

    /// <summary>No token of the model goes on as the grammar wants it.</summary>
    NothingAllowed,
}

/// <summary>The next token, or why there is none.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Sampled(SampleOutcome Outcome, int Token)
{
    public static Sampled BadLogits => new(SampleOutcome.BadLogits, -1);

    public static Sampled NothingAllowed => new(SampleOutcome.NothingAllowed, -1);

    public static Sampled Of(int token) => new(SampleOutcome.Token, token);
}

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <param name="Heard">Tokens of a peer's prompt and draft.</param>
/// <param name="Question">Bytes, so tokens; the chat template adds some.</param>
/// <param name="Tokens">Of an answer.</param>
/// <param name="Time">Least time of one size with so many together.</param>
/// <param name="Rounds">Least number of rounds.</param>
/// <param name="MostWork">Multiply-adds of a step; what takes more is measured one answer at a time alone.</param>
sealed record ScalingOptions(
    IReadOnlyList<int> Together, int Heard, int Question, int Tokens, TimeSpan Time, int Rounds, double MostWork)
{
    const int TemplateTokens = 32;

    /// <summary>Tokens of a sequence; a multiple of 256, which llama.cpp rounds up to.</summary>
    public int Context => (Question + Tokens + TemplateTokens + 255) / 256 * 256;
}

using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.LlamaCpp.Latents;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>The modes take turns, each round beginning with another one, so that a busy machine meets all alike.</summary>
sealed class DecodingRounds(IReadOnlyList<DecodingMode> modes, ScalingOptions options, TimeProvider time)
{
    int _asked;

    /// <summary>Tokens a second of all answers together: of each round those of each mode.</summary>
    public async Task<IReadOnlyList<double[]>> RunAsync(int together, CancellationToken cancellationToken)
    {
        var rounds = new List<double[]>();
        // Time for the compiler to see what is called often.
        long start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < options.Time / 4)
            await RoundAsync(0, 1);
        start = time.GetTimestamp();
        while (rounds.Count < options.Rounds || time.GetElapsedTime(start) < options.Time)
            rounds.Add(await RoundAsync(rounds.Count, together));
        return rounds;

        async Task<double[]> RoundAsync(int round, int answers)
        {
            var rates = new double[modes.Count];
            for (int i = 0; i < modes.Count; i++)
            {
                int mode = (round + i) % modes.Count;
                rates[mode] = await RateAsync(modes[mode], answers, cancellationToken);
            }
            return rates;
        }
    }

    /// <summary>While all are writing: from the last one's first token to the first one's last.</summary>
    async Task<double> RateAsync(DecodingMode mode, int together, CancellationToken cancellationToken)
    {
        List<long>[] answers = await Task.WhenAll(
            Enumerable.Range(0, together).Select(i => AnswerAsync(mode.Engine, mode.Tap(i), cancellationToken)));
        long first = answers.Max(tokens => tokens[0]), last = answers.Min(tokens => tokens[^1]);
        return answers.Sum(tokens => tokens.Count(at => at > first && at <= last)) / time.GetElapsedTime(first, last).TotalSeconds;
    }

    /// <summary>When each token came.</summary>
    async Task<List<long>> AnswerAsync(BatchEngine engine, ILatentTap? tap, CancellationToken cancellationToken)
    {
        string question = $"{_asked++} ".PadRight(options.Question, 'x')[..options.Question];
        var request = new GenerationRequest { Messages = [new ChatTurn("user", question)], MaxTokens = options.Tokens, Tap = tap };
        var tokens = new List<long>();
        await foreach (GenerationChunk _ in engine.GenerateAsync(request, cancellationToken))
            tokens.Add(time.GetTimestamp());
        return tokens.Count == options.Tokens
            ? tokens
            : throw new InvalidOperationException($"An answer has {tokens.Count} tokens; a generated model writes all {options.Tokens}.");
    }
}

using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>The modes take turns, each round beginning with another one, so that a busy machine meets all alike.</summary>
sealed class DecodingRounds(IReadOnlyList<DecodingMode> modes, ScalingOptions options, TimeProvider time)
{
    int _asked;

    /// <summary>Tokens of all answers together in a second of processor time: of each round those of each mode.</summary>
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

    /// <summary>What an answer takes beyond one of a single token, which is the prompt's.</summary>
    async Task<double> RateAsync(DecodingMode mode, int together, CancellationToken cancellationToken)
    {
        double prompt = await mode.Engine.TimeAsync(Requests(1), cancellationToken);
        double whole = await mode.Engine.TimeAsync(Requests(options.Tokens), cancellationToken);
        return 1e6 * together * (options.Tokens - 1) / (whole - prompt);

        IEnumerable<GenerationRequest> Requests(int tokens) =>
            Enumerable.Range(0, together).Select(i => Request(tokens) with { Tap = mode.Tap(i) });
    }

    GenerationRequest Request(int tokens) => new()
    {
        Messages = [new ChatTurn("user", $"{_asked++} ".PadRight(options.Question, 'x')[..options.Question])],
        MaxTokens = tokens,
    };
}

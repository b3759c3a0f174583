using Orchestrator.Aggregator.MixtureOfThoughts;
using Orchestrator.Aggregator.MixtureOfThoughts.Attention;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Bench.Loading;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Thoughts;

/// <summary>Plain, tapped and hearing answers of one primary, taking turns so that a busy machine meets all alike.</summary>
sealed class ThoughtSpeed(
    MixtureLayers layers, MixturePair pair, Func<string, IExpert> find, string[] questions, int rounds, TimeProvider time)
{
    /// <summary>The primary once more, without a tap in its context; and both in contexts of a single sequence.</summary>
    public const string Plain = "plain", PlainSingle = "plain-single", Single = "single";

    const int WarmUp = 40;

    int _asked;

    public async Task<string> DecodingAsync(int[] batches, CancellationToken cancellationToken)
    {
        (int Batch, string Label, string Plain, string Tapped)[] arms =
        [
            (1, "1, in a context of one sequence", PlainSingle, Single), .. batches.Select(batch => (batch, $"{batch}", Plain, pair.Primary)),
        ];
        var rows = new List<string[]>();
        foreach (var (batch, label, untapped, primary) in arms)
        {
            List<double> plain = [], tapped = [], hearing = [];
            // Loading, and time for the compiler to see what is called often.
            for (int round = -WarmUp; round < rounds; round++)
            {
                GenerationRequest[] asked = [.. Enumerable.Range(0, batch).Select(_ => Next())];
                double[] rates =
                [
                    await RateAsync(untapped, asked, cancellationToken),
                    await RateAsync(primary, asked, cancellationToken),
                    await RateAsync(primary, await HearingAsync(asked, cancellationToken), cancellationToken),
                ];
                if (round < 0)
                    continue;
                plain.Add(rates[0]);
                tapped.Add(rates[1] / rates[0]);
                hearing.Add(rates[2] / rates[0]);
            }
            rows.Add([label, $"{batch * Median(plain):0}", $"{Median(tapped):0.00}", $"{Median(hearing):0.00}"]);
        }
        return $"""
            ## Decoding

            Tokens a second from the first to the last token of an answer, median of {rounds} rounds; the others as shares of plain, round by round.

            {Report.Table(["together", "plain, tokens/s", "with a tap, nobody heard", "hearing its peer"], rows)}
            """;
    }

    public async Task<string> FirstTokenAsync(CancellationToken cancellationToken)
    {
        List<double> plain = [], peer = [], hearing = [];
        for (int round = -WarmUp; round < 4 * rounds; round++)
        {
            GenerationRequest asked = Next();
            double alone = (await AskAsync(Plain, asked, cancellationToken)).First;
            long start = time.GetTimestamp();
            GenerationRequest[] heard = await HearingAsync([asked], cancellationToken);
            double thought = time.GetElapsedTime(start).TotalMilliseconds;
            double first = thought + (await AskAsync(pair.Primary, heard[0], cancellationToken)).First;
            if (round < 0)
                continue;
            plain.Add(alone);
            peer.Add(thought);
            hearing.Add((first - alone) / thought);
        }
        return $"""
            ## To the first token

            Medians of {4 * rounds} questions, one at a time.

            {Report.Table(
                ["plain, ms", "question and draft of the peer, ms", "added to plain, as a share of the peer's time"],
                [[$"{Median(plain):0.0}", $"{Median(peer):0.0}", $"{Median(hearing):0.00}"]])}
            """;
    }

    GenerationRequest Next() => new() { Messages = [new ChatTurn("user", questions[_asked++ % questions.Length])] };

    async Task<GenerationRequest[]> HearingAsync(GenerationRequest[] asked, CancellationToken cancellationToken)
    {
        Thought[] thoughts = await Task.WhenAll(asked.Select(request =>
            Thought.AskAsync(layers, pair.Peer, find, new ExpertCall { Request = request, AllowVariant = false }, cancellationToken)));
        return [.. asked.Zip(thoughts, (request, thought) => request with
        {
            Tap = new MixtureTap(layers, pair.Primary, new LatentMemory((thought.Memory!, 1))),
        })];
    }

    /// <returns>Tokens a second of one sequence, on average over those that run together.</returns>
    async Task<double> RateAsync(string expert, GenerationRequest[] requests, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(requests.Select(request => AskAsync(expert, request, cancellationToken)));
        return answers.Average(answer => 1000 * (answer.Tokens - 1) / Math.Max(1e-3, answer.Last - answer.First));
    }

    async Task<(double First, double Last, int Tokens)> AskAsync(string expert, GenerationRequest request, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        double first = 0;
        int tokens = 0;
        await foreach (GenerationChunk chunk in find(expert).GenerateAsync(new ExpertCall { Request = request, AllowVariant = false }, cancellationToken))
        {
            if (first == 0)
                first = time.GetElapsedTime(start).TotalMilliseconds;
            tokens = chunk.Usage?.CompletionTokens ?? tokens;
        }
        return (first, time.GetElapsedTime(start).TotalMilliseconds, tokens);
    }

    static double Median(List<double> values) => Samples.Quantile([.. values], 0.5);
}

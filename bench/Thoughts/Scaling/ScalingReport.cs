using System.Globalization;
using Orchestrator.Bench.Loading;
using Orchestrator.LlamaCpp;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>What was measured, and beside it what the formulas say.</summary>
static class ScalingReport
{
    const double MiB = 1 << 20;

    public static string Decoding(IReadOnlyList<SizeResult> sizes)
    {
        IEnumerable<string[]> rows = sizes.SelectMany(size => size.Decoding.Select(decoding =>
        {
            IReadOnlyList<double[]> rounds = decoding.Rounds;
            return (string[])
            [
                size.Shape.Name, $"{decoding.Together}", $"{rounds.Count}", Number(Samples.Median(rounds.Select(round => round[0]))),
                .. Enumerable.Range(1, rounds[0].Length - 1).Select(mode => Share([.. rounds.Select(round => round[mode] / round[0])])),
            ];
        }));
        return Report.Table(
            ["size", "together", "rounds", "plain, tokens/s", "with a tap, nobody heard", .. SizeRun.Latents.Select(latent => $"hearing, {latent}")], rows);
    }

    public static string Layers(IReadOnlyList<SizeResult> sizes) => Report.Table(
        ["size", "plain, µs a token", .. SizeRun.Latents.SelectMany(latent => (string[])[$"{latent}: alone, µs", "in the step, µs", "of plain, %"])],
        sizes.Where(size => size.Layers.Count > 0).Select(size =>
        {
            double plain = 1e6 / Samples.Median(size.Decoding.First(decoding => decoding.Together == 1).Rounds.Select(round => round[0]));
            return (string[])
            [
                size.Shape.Name, Number(plain),
                .. size.Layers.SelectMany(time => (string[])[Number(time.Alone), Number(time.InStep), Number(100 * time.InStep / plain)]),
            ];
        }));

    public static string OnPaper(IEnumerable<ModelShape> shapes, int heard) => Report.Table(
        ["size", "parameters", "width", "blocks", "own cache, bytes a token",
            .. SizeRun.Latents.SelectMany(latent => (string[])[$"{latent}: multiply-adds a token", "of the model's, %", "bytes a heard token", "of its own cache, %"])],
        shapes.Select(shape => (string[])
        [
            shape.Name, Large(shape.Parameters), $"{shape.Width}", $"{shape.Blocks}", $"{shape.CacheBytes}",
            .. SizeRun.Latents.SelectMany(latent =>
            {
                long adds = latent.MultiplyAdds(shape.Width, heard);
                return (string[])
                [
                    Large(adds), Number(100.0 * adds / shape.MultiplyAdds), $"{latent.CacheBytes}", Number(100.0 * latent.CacheBytes / shape.CacheBytes),
                ];
            }),
        ]));

    public static string Memory(IReadOnlyList<SizeResult> sizes, ScalingOptions options)
    {
        BatchEngineOptions plain = SizeRun.EngineOptions(options);
        long cells = (long)plain.MaxSequences * options.Context;
        return Report.Table(
            ["size", "heads", "cache, MiB", "plain: scratch, MiB", "tapped: scratch, MiB", "scores on paper, MiB", "and with the plain step, MiB"],
            sizes.Select(size => (string[])
            [
                size.Shape.Name, $"{size.Shape.Heads}", Number(cells * size.Shape.CacheBytes / MiB),
                Number((size.PlainBytes - (cells * size.Shape.CacheBytes)) / MiB), Number((size.TappedBytes - (cells * size.Shape.CacheBytes)) / MiB),
                Scores(size.Shape, plain.Tapped(true).BatchSize), Scores(size.Shape, plain.BatchSize),
            ]));

        string Scores(ModelShape shape, int step) => Number(sizeof(float) * shape.Heads * cells * step / MiB);
    }

    /// <summary>Median, and the quartiles between which half of the rounds lie.</summary>
    static string Share(double[] ratios) =>
        $"{Samples.Median(ratios):0.00} ({Samples.Quantile(ratios, 0.25):0.00} to {Samples.Quantile(ratios, 0.75):0.00})";

    /// <summary>Three digits that count, or all before the point.</summary>
    static string Number(double value) => value switch
    {
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    static string Large(long value) => value switch
    {
        >= 1_000_000_000 => $"{Number(value / 1e9)} G",
        >= 1_000_000 => $"{Number(value / 1e6)} M",
        _ => $"{Number(value / 1e3)} k",
    };
}

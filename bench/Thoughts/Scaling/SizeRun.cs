using Orchestrator.LlamaCpp;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>All that is measured of one size; its file is gone afterwards.</summary>
sealed class SizeRun(ScalingOptions options, LlamaRuntime runtime, TimeProvider time)
{
    public static IReadOnlyList<LatentShape> Latents { get; } = [LatentShape.Small, LatentShape.Large];

    public async Task<SizeResult> RunAsync(ModelShape shape, string folder, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, $"{shape.Name}.gguf");
        GeneratedModel.Write(file, shape, cancellationToken);
        // Both have the same weights in memory. Their contexts are as the service would make them.
        BatchEngineOptions engine = EngineOptions(options);
        await using ClockedEngine plain = await ClockedEngine.LoadAsync(runtime, file, engine, cancellationToken);
        await using ClockedEngine tapped = await ClockedEngine.LoadAsync(runtime, file, engine.Tapped(true), cancellationToken);
        File.Delete(file);
        var decoding = new List<DecodingResult>();
        List<LayersTime> layers = [];
        foreach (int together in options.Together.Where(together => together == 1 || together * shape.MultiplyAdds <= options.MostWork))
        {
            Hearing[] hearing = [.. Latents.Select(latent => new Hearing(shape, latent, together, options.Heard))];
            DecodingMode[] modes =
            [
                new(plain, _ => null),
                new(tapped, _ => null),
                .. hearing.Select(one => new DecodingMode(tapped, one.Tap)),
            ];
            decoding.Add(new DecodingResult(together, await new DecodingRounds(modes, options, time).RunAsync(together, cancellationToken)));
            // After the rounds: by then all that is called often has been compiled for it.
            if (together == 1)
                layers.AddRange(hearing.Select((one, i) => new LayersTime(Latents[i], one.Alone(), one.InStep)));
        }
        return new SizeResult(shape, decoding, layers, plain.ContextBytes, tapped.ContextBytes);
    }

    /// <summary>As many sequences as the service has by default, whether they are used or not.</summary>
    public static BatchEngineOptions EngineOptions(ScalingOptions options) =>
        new() { ContextLength = options.Context, Threads = 1, DefaultSampling = SamplingOptions.Greedy };
}

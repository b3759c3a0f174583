namespace Orchestrator.Bench.Thoughts.Scaling;

/// <param name="PlainBytes">Of the context without taps: cache, compute and output buffers.</param>
/// <param name="TappedBytes">The same of the context with taps.</param>
sealed record SizeResult(
    ModelShape Shape, IReadOnlyList<DecodingResult> Decoding, IReadOnlyList<LayersTime> Layers, long PlainBytes, long TappedBytes);

/// <param name="Rounds">Tokens a second of all together: plain, tapped, then hearing through each of the layers.</param>
sealed record DecodingResult(int Together, IReadOnlyList<double[]> Rounds);

/// <param name="Alone">Microseconds of a token when nothing else is done.</param>
/// <param name="InStep">Microseconds of a token where it is decoded, one at a time.</param>
sealed record LayersTime(LatentShape Latent, double Alone, double InStep);

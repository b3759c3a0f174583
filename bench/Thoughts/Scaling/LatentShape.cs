namespace Orchestrator.Bench.Thoughts.Scaling;

/// <summary>Interaction layers of one size: d, heads and Q of docs/algorithms.md.</summary>
sealed record LatentShape(int Latent, int Heads, int Interactions)
{
    /// <summary>The zoo's.</summary>
    public static LatentShape Small { get; } = new(64, 4, 2);

    public static LatentShape Large { get; } = new(256, 8, 4);

    /// <summary>Keys and values of one token of prompt and draft.</summary>
    public long CacheBytes => 2L * Interactions * Latent * sizeof(float);

    /// <summary>Of one token of the primary: query and back-projection, scores and values of the heard tokens, gate.</summary>
    public long MultiplyAdds(int width, int heard) => Interactions * ((2L * Latent * width) + (2L * Latent * heard) + width);

    /// <summary>Of a primary's side, without what all experts share.</summary>
    public long WeightBytes(int width) => Interactions * 2L * (Latent + 1) * width * sizeof(float);

    public override string ToString() => $"d {Latent}, {Heads} heads, Q {Interactions}";
}

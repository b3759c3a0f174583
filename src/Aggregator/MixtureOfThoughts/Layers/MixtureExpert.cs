namespace Orchestrator.Aggregator.MixtureOfThoughts.Layers;

/// <summary>A frozen expert as the layers were trained with it.</summary>
/// <param name="Sha256">Of its whole file, in lower-case hexadecimal digits.</param>
/// <param name="Width">Numbers of one row of its residual stream.</param>
/// <param name="ReadDepths">
/// Where it is read as a peer, one for each interaction; 0 is the embedding, n the output of block n - 1.
/// </param>
/// <param name="WriteDepths">Where it is written as the primary, one for each interaction.</param>
public sealed record MixtureExpert(
    string Id, string Sha256, int Width, int Blocks, IReadOnlyList<int> ReadDepths, IReadOnlyList<int> WriteDepths)
{
    /// <summary>One for each interaction; null where it was never trained as a peer.</summary>
    internal IReadOnlyList<PeerSide>? Peer { get; init; }

    /// <summary>One for each interaction; null where it was never trained as a primary.</summary>
    internal IReadOnlyList<PrimarySide>? Primary { get; init; }
}

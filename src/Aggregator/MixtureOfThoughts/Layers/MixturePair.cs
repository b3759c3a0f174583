namespace Orchestrator.Aggregator.MixtureOfThoughts.Layers;

/// <summary>A primary that was trained to attend to a peer.</summary>
public readonly record struct MixturePair(string Primary, string Peer)
{
    const char Separator = '<';

    public override string ToString() => $"{Primary}{Separator}{Peer}";

    /// <summary>Null for a text that is not <c>primary&lt;peer</c>.</summary>
    internal static MixturePair? Parse(string text) =>
        text.Split(Separator) is [{ Length: > 0 } primary, { Length: > 0 } peer] ? new MixturePair(primary, peer) : null;
}

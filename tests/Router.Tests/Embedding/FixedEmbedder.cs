using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

/// <summary>Knows some texts by heart.</summary>
sealed class FixedEmbedder(params (string Text, float[] Vector)[] known) : IEmbedder
{
    public string Id => "fixed";

    public int Dimensions => known[0].Vector.Length;

    public ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        new([.. texts.Select(text => known.Single(pair => pair.Text == text).Vector)]);
}

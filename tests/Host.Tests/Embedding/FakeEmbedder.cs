using Orchestrator.Router.Embedding;

namespace Orchestrator.Host.Tests.Embedding;

/// <summary>A text's vector is its length; fails from some text on where told so.</summary>
sealed class FakeEmbedder : IEmbedder
{
    public List<string> Asked { get; } = [];

    public int Most { get; init; } = int.MaxValue;

    public string Id => "fake";

    public int Dimensions => 1;

    public async ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (Asked.Count + texts.Count > Most) throw new IOException("The model is gone.");
        Asked.AddRange(texts);
        return [.. texts.Select(text => new float[] { text.Length })];
    }
}

using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Gguf;
using Orchestrator.LlamaCpp.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Embedding;

public sealed class SpaceNameTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly FileHashes _hashes = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_Expert_IsItsIdAndWhatMovesADocumentsVector()
    {
        var expert = Expert("a.gguf", "weights");
        var space = Of(expert);

        Assert.Matches("^e@[0-9a-f]{12}$", space);
        Assert.Equal(space, Of(expert with { QueryPrefix = "q: ", Threads = 2, Context = 9, Line = 4 }));
        Assert.Equal(space, Of(expert with { File = Written("copy.gguf", "weights") }));
        ExpertConfig[] others =
        [
            expert with { DocumentPrefix = "d: " },
            expert with { Pooling = EmbeddingPooling.Cls },
            expert with { File = Written("b.gguf", "other weights") },
            expert with { Adapter = Written("l.gguf", "lora") },
            expert with { Adapter = Written("l.gguf", "lora"), AdapterScale = 0.5f },
            expert with { File = _folder.File("none.gguf") },
            expert with { File = "", Remote = new RemoteConfig { Url = "http://a", Model = "m" } },
            expert with { File = "", Remote = new RemoteConfig { Url = "http://a", Model = "n" } },
        ];
        Assert.Equal(others.Length + 1, others.Select(Of).Append(space).Distinct().Count());
    }

    [Fact]
    public void Of_FileThatChanged_IsAnother()
    {
        var expert = Expert("a.gguf", "weights");
        var before = Of(expert);
        Written("a.gguf", "later weights");

        Assert.NotEqual(before, Of(expert));
    }

    string Of(ExpertConfig expert) => SpaceName.Of(expert, _hashes);

    ExpertConfig Expert(string file, string text) => new() { Id = "e", Purpose = ExpertPurpose.Embed, File = Written(file, text) };

    string Written(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}

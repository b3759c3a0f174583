using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.StructuredOutput;

/// <summary>The real service over models of a few kilobytes with random weights, which would say nothing of the kind.</summary>
public sealed class StructuredService : IAsyncLifetime
{
    const string Yaml = """
        engine: { threads: 1 }
        memory: { budget: 256MiB }
        jobs: { folder: jobs }
        defaults: { context: 2048, max_sequences: 4, sampling: { temperature: 1 } }
        policies:
          vote: { strategy: best-single, panel: 2, aggregator: majority }
          write: { strategy: best-single, panel: 2, aggregator: synthesis-always, aggregator_expert: scribe }
        experts:
          - { id: one, file: one.gguf }
          - { id: two, file: two.gguf }
          - { id: scribe, file: two.gguf, purpose: aggregate }
          - { id: braceless, file: braceless.gguf }
        """;

    readonly TemporaryFolder _folder = new();
    ZooService _service = null!;

    public HttpClient Http => _service.Http;

    public Uri Address => _service.Address;

    public async Task InitializeAsync()
    {
        TinyGguf.Random(seed: 1, context: 2048).Save(_folder.Path, "one.gguf");
        TinyGguf.Random(seed: 2, context: 2048).Save(_folder.Path, "two.gguf");
        var braceless = TinyGguf.Random(seed: 3, context: 2048);
        ((string[])braceless.Metadata["tokenizer.ggml.tokens"])['{'] = "never";
        braceless.Save(_folder.Path, "braceless.gguf");
        File.WriteAllText(_folder.File("orchestrator.yaml"), Yaml);
        _service = new ZooService(_folder.File("orchestrator.yaml"));
        await _service.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}

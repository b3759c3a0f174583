using System.Runtime.CompilerServices;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Tools;

/// <summary>Experts of which two call the tool <c>price</c> and then tell its result.</summary>
static class CallingExperts
{
    public const string Yaml = """
        memory: { budget: 64MiB }
        jobs: { folder: jobs }
        policies:
          auto: { strategy: nearest }
          vote: { strategy: nearest, panel: 3, aggregator: majority }
        experts:
          - { id: a, file: model.gguf }
          - { id: caller, file: model.gguf, tools: hermes }
          - { id: second, file: twin.gguf, tools: hermes }
        """;

    public const string Tools = """
        "tools":[{"type":"function","function":{"name":"price","description":"What it costs.","parameters":{"type":"object","properties":{"of":{"type":"string"}}}}}]
        """;

    const string Call = "<tool_call>\n{\"name\": \"price\", \"arguments\": {\"of\": \"muog\"}}\n</tool_call>";

    public static Task<FakeService> StartAsync(string? answer = null, List<GenerationRequest>? asked = null) =>
        FakeService.StartOnAsync(Yaml, new FakeModelLoader { Generation = (_, request, _, cancelled) => SayAsync(answer, request, asked, cancelled) });

    static async IAsyncEnumerable<GenerationChunk> SayAsync(
        string? answer, GenerationRequest request, List<GenerationRequest>? asked, [EnumeratorCancellation] CancellationToken cancelled)
    {
        await Task.CompletedTask;
        asked?.Add(request);
        var last = request.Messages[^1].Content;
        answer ??= last.StartsWith("<tool_response>\n", StringComparison.Ordinal) ? $"It costs {last.Split('\n')[1]}." : $"Let me look.\n{Call}\n{Call}";
        // Five characters a token, so that tags are cut.
        foreach (var piece in answer.Chunk(5)) yield return new GenerationChunk(new string(piece));
        yield return new GenerationChunk("", FinishReason.Stop, new TokenUsage(7, 5));
    }
}

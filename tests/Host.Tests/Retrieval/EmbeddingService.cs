using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Embedding;
using Orchestrator.Experts.Gguf;
using Orchestrator.Router.Pilots;
using Orchestrator.TestKit;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Retrieval;

/// <summary>
/// A service whose base encoder knows the words fever, bond and rain, one direction each; an expert for each of the first
/// two, which turns its queries a little; an encoder of another space; and an expert that answers.
/// </summary>
static class EmbeddingService
{
    public const string Experts =
        """
        experts:
          - { id: base, file: model.gguf, purpose: embed, document_prefix: 'doc: ' }
          - { id: medicine, file: model.gguf, purpose: embed, queries_for: base, query_prefix: 'med: ' }
          - { id: finance, file: model.gguf, purpose: embed, queries_for: base }
          - { id: other, file: twin.gguf, purpose: embed }
          - { id: answers, file: model.gguf }
        """;

    /// <summary>Of the base, whose file every fake service has.</summary>
    public static string Space
    {
        get
        {
            using var folder = new TemporaryFolder();
            var file = TinyGguf.Saying("fine").Save(folder.Path);
            return SpaceName.Of(new ExpertConfig { Id = "base", Purpose = ExpertPurpose.Embed, File = file, DocumentPrefix = "doc: " }, new FileHashes());
        }
    }

    public static FakeModelLoader Loader() => new() { Embedding = Embed };

    /// <summary>Medicine for what is near fever, finance for bonds, the base for rain.</summary>
    public static PilotLibrary Library(params Pilot[] more) => new(
        Space, "base", [new("health", "medicine", [1, 0, 0], 9), new("money", "finance", [0, 1, 0], 9), new("weather", "base", [0, 0, 1], 9), .. more]);

    public static Task<FakeService> StartAsync(FakeModelLoader? loader = null, PilotLibrary? pilots = null, string retrieval = "") =>
        StartOnAsync($"retrieval: {{ pilots: pilots.json{retrieval} }}\n{Experts}\n", loader, pilots ?? Library());

    public static Task<FakeService> StartOnAsync(string yaml, FakeModelLoader? loader = null, PilotLibrary? pilots = null) => FakeService.StartOnAsync(
        $"memory: {{ budget: 64MiB }}\n{yaml}", loader ?? Loader(), pilots is null ? [] : [("pilots.json", Text(pilots))]);

    public static string Text(PilotLibrary pilots)
    {
        using var text = new StringWriter();
        PilotFile.Write(text, pilots);
        return text.ToString();
    }

    static float[] Embed(string expert, string text)
    {
        float[] plain = text.Contains("fever", StringComparison.Ordinal) ? [9, 1, 1] : text.Contains("bond", StringComparison.Ordinal) ? [1, 9, 1] : [1, 1, 9];
        return expert switch
        {
            "medicine" => FakeEmbeddings.Unit(plain[0], 0, 0.5f),
            "finance" => FakeEmbeddings.Unit(0, plain[1], 0.5f),
            _ => FakeEmbeddings.Unit(plain),
        };
    }
}

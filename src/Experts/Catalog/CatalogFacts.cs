using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;

namespace Orchestrator.Experts.Catalog;

/// <summary>What the header of an expert's file tells, without loading it.</summary>
public static class CatalogFacts
{
    /// <returns>The facts, and an estimate of the bytes of memory it takes while loaded; null where the header cannot be read.</returns>
    public static (ExpertFacts Facts, long ResidentBytes)? Read(ExpertConfig config)
    {
        try
        {
            var header = GgufReader.Read(config.File);
            return (GgufFacts.From(header), MemoryEstimate.Of(header, config).Total);
        }
        catch (GgufException)
        {
            // Such an expert is quarantined, which says why.
            return null;
        }
    }

    /// <summary>Why llama.cpp must not open a model file, by its header; null when nothing speaks against trying.</summary>
    public static string? Refusal(string path) => GgufFile.Refusal(path);
}

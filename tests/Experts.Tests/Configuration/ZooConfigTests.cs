using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Configuration;

/// <summary>What <c>serve</c> uses by default fits the models that are there.</summary>
public sealed class ZooConfigTests
{
    static readonly OrchestratorConfig Zoo = ConfigReader.Read(Path.Combine(Repository.Root, "configs", "orchestrator.yaml"));

    [Fact]
    public void Read_Zoo_NamesAllTheModelFilesThatAreThere()
    {
        var embedding = Zoo.Experts.Where(e => e.Purpose == ExpertPurpose.Embed).ToArray();
        var others = Zoo.Experts.Except(embedding).ToArray();
        Assert.Equal(Files(""), others.Select(e => e.File).Distinct().Order());
        Assert.Equal(Files("embedders"), embedding.Select(e => e.Adapter ?? e.File).Order());
        Assert.Equal(Files("adapters"), others.Select(e => e.Adapter).OfType<string>().Order());
        Assert.Equal(Files("variants"), Zoo.Experts.SelectMany(e => e.Variants).Select(v => v.File).Order());

        static IEnumerable<string> Files(string folder) => Directory.GetFiles(Path.Combine(Repository.Models, folder), "*.gguf").Order();
    }

    [Fact]
    public void Read_Zoo_FilesPassTheRulesAndFitTheBudgetTogether()
    {
        var models = Zoo.Experts.Select(e => (Expert: e, Header: GgufReader.Read(e.File))).ToArray();

        Assert.All(models, p => Assert.Null(GgufFile.Refusal(p.Expert.File, p.Expert.Adapter)));
        Assert.InRange(models.Sum(p => MemoryEstimate.Of(p.Header, p.Expert).Total), 1, Zoo.Memory.Budget!.Value);
    }
}

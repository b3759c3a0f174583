using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Configuration;

/// <summary>What <c>serve</c> uses by default fits the models that are there.</summary>
public sealed class ZooConfigTests
{
    static readonly OrchestratorConfig Zoo = ConfigReader.Read(Path.Combine(Repository.Root, "configs", "orchestrator.yaml"));

    [Fact]
    public void Read_Zoo_NamesTheModelFilesThatAreThere() =>
        Assert.Equal(Directory.GetFiles(Repository.Models, "*.gguf").Order(), Zoo.Experts.Select(e => e.File).Order());

    [Fact]
    public void Read_Zoo_FilesPassTheRulesAndFitTheBudgetTogether()
    {
        var models = Zoo.Experts.Select(e => (Expert: e, Header: GgufReader.Read(e.File))).ToArray();

        Assert.All(models, p => Assert.Null(GgufRules.Refusal(p.Header)));
        Assert.InRange(models.Sum(p => MemoryEstimate.Of(p.Header, p.Expert).Total), 1, Zoo.Memory.Budget!.Value);
    }
}

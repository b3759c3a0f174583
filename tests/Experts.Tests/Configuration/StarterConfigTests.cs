using Orchestrator.Experts.Configuration;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Configuration;

public sealed class StarterConfigTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Fact]
    public void Write_FolderOfModels_IsAConfigurationWithEachAsAnExpert()
    {
        Model("Qwen 2.5 (Math).Q4_K_M.gguf");
        Model("sub/qwen.gguf");
        Model("it's.gguf");

        var (yaml, leftOut) = StarterConfig.Write(_folder.Path, _folder.Path);

        var config = ConfigReader.Parse(yaml, _folder.File("orchestrator.yaml"));
        Assert.Equal(["qwen-2.5-math-.q4_k_m", "it-s", "qwen"], config.Experts.Select(expert => expert.Id));
        Assert.All(config.Experts, expert => Assert.True(File.Exists(expert.File)));
        Assert.Empty(leftOut);
    }

    [Fact]
    public void Write_SameNameTwice_GetsIdsOfTheirOwn()
    {
        Model("a/model.gguf");
        Model("b/model.gguf");

        var config = ConfigReader.Parse(StarterConfig.Write(_folder.Path, _folder.Path).Yaml, _folder.File("orchestrator.yaml"));

        Assert.Equal(["model", "model-2"], config.Experts.Select(expert => expert.Id));
    }

    [Fact]
    public void Write_PartsProjectorsAndBadFiles_AreLeftOutWithTheirReason()
    {
        Model("good.gguf");
        Model("mmproj-good.gguf");
        Model("big-00002-of-00003.gguf");
        File.WriteAllText(_folder.File("bad.gguf"), "not a model");

        var (yaml, leftOut) = StarterConfig.Write(_folder.Path, _folder.Path);

        Assert.Single(ConfigReader.Parse(yaml, _folder.File("orchestrator.yaml")).Experts);
        Assert.Equal(3, leftOut.Count);
        Assert.Contains(leftOut, reason => reason.Contains("bad.gguf", StringComparison.Ordinal));
        Assert.Contains(leftOut, reason => reason.Contains("later part", StringComparison.Ordinal));
        Assert.Contains(leftOut, reason => reason.Contains("mmproj", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_NothingToServe_SaysSo()
    {
        var empty = Assert.Throws<ConfigException>(() => StarterConfig.Write(_folder.Path, _folder.Path));
        var missing = Assert.Throws<ConfigException>(() => StarterConfig.Write(_folder.File("nowhere"), _folder.Path));

        Assert.Contains("no GGUF", empty.Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", missing.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    void Model(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), TinyGguf.Saying("fine").ToBytes());
    }
}

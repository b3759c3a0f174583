using System.Net;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Pipeline;

public sealed class NoExpertTests
{
    const string Plain = "server: { watch_config: false }\nexperts:\n  - { id: a, file: model.gguf }\n";

    [Fact]
    public async Task Chat_EveryExpertOut_NamesThemWithTheirReasons()
    {
        await using var service = await FakeService.StartOnAsync(Plain, new FakeModelLoader());
        await File.WriteAllTextAsync(service.ConfigPath, Plain.Replace("model.gguf", "models/nope.gguf", StringComparison.Ordinal));
        using var reload = await service.Http.PostAsync("/reload", null);
        reload.EnsureSuccessStatusCode();

        using var asked = await service.Http.ChatAsync("auto", "What is 1 + 1?");
        var error = await asked.ReadErrorAsync(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("no_expert", error.GetProperty("code").GetString());
        Assert.Equal(
            "Policy 'auto' has no expert to choose: 'a' is out: the file 'nope.gguf' does not exist.", error.GetProperty("message").GetString());
    }
}

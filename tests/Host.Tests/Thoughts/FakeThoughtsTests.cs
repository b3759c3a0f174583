using System.Net;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Tests.Embedding;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Thoughts;

/// <summary>What the service does around a mixture of thoughts, whatever the thoughts are.</summary>
public sealed class FakeThoughtsTests : IDisposable
{
    readonly FakeThoughts _thoughts = new();

    public void Dispose() => _thoughts.Dispose();

    [Fact]
    public async Task Chat_Mixture_AnswersAndGivesItsMemoryBack()
    {
        await using var service = await _thoughts.StartAsync();

        var reply = await (await service.Http.ChatAsync("mot", "go")).ReadJsonAsync();

        Assert.Equal("adder", reply.GetProperty("model").GetString());
        Assert.Equal(2 * 6, reply.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal(0, service.Now.Merging.Mixture!.Memory.Taken);
    }

    [Fact]
    public async Task Chat_PrimaryCannotBeLoaded_DraftsCountThoughAnotherSpeaks()
    {
        var loader = new FakeModelLoader { Generation = FakeThoughts.Think, Manual = true };
        await using var service = await _thoughts.StartAsync(loader);
        loader.Fail("adder", new IOException("the disk is broken"));
        loader.Complete("pricer");
        loader.Complete("words");

        var reply = await (await service.Http.ChatAsync("mot", "go")).ReadJsonAsync();

        var usage = reply.GetProperty("usage");
        var told = reply.GetProperty("orchestrator").GetProperty("panel").EnumerateArray().ToArray();
        Assert.Equal("words", reply.GetProperty("model").GetString());
        Assert.Equal((10, 2), (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32()));
        Assert.Equal(["adder", "pricer"], told.Select(member => member.GetProperty("expert").GetString()));
        Assert.Contains("the disk is broken", told[0].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_OtherThoughts_AreOfTheSameMemory()
    {
        await using var service = await _thoughts.StartAsync();
        var memory = service.Now.Merging.Mixture!.Memory;
        await using var old = await memory.TakeAsync(memory.Bytes, RequestClass.Interactive, default);

        await File.WriteAllTextAsync(service.ConfigPath, _thoughts.Yaml(thoughts: "3MiB"));
        (await service.Http.PostAsync("/reload", null)).EnsureSuccessStatusCode();

        Assert.Same(memory, service.Now.Merging.Mixture!.Memory);
        Assert.Equal((3 << 20, 1 << 20), (memory.Bytes, memory.Taken));
    }

    [Fact]
    public async Task Reload_Refused_LeavesTheMemoryAsItWas()
    {
        await using var service = await _thoughts.StartAsync();

        await File.WriteAllTextAsync(service.ConfigPath, _thoughts.Yaml(thoughts: "65MiB"));
        using var response = await service.Http.PostAsync("/reload", null);

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Contains("memory.thoughts takes", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1 << 20, service.Now.Merging.Mixture!.Memory.Bytes);
    }

    [Theory]
    [InlineData("mot", false)]
    [InlineData("words", true)]
    public async Task Route_Mixture_NeedsTheVeryExperts(string model, bool variants)
    {
        await using var service = await _thoughts.StartAsync();

        var plan = await (await service.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body(model, "go")))).ReadJsonAsync();

        Assert.Equal(variants, plan.GetProperty("allow_variants").GetBoolean());
    }

    [Fact]
    public async Task Reload_MixtureWithAPanel_IsRefused()
    {
        await using var service = await _thoughts.StartAsync();

        await File.WriteAllTextAsync(service.ConfigPath, _thoughts.Yaml(policy: ", panel: 3"));
        using var response = await service.Http.PostAsync("/reload", null);

        var error = await response.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Contains("Policy 'mot' (line 4): panel is 3, but", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_PeerWithoutATap_WarnsWhatItNeedsAndWhere()
    {
        await using var service = await _thoughts.StartAsync();
        await File.WriteAllTextAsync(service.ConfigPath, _thoughts.Yaml(pricer: ""));
        var logger = new ListLogger();

        new Mixtures(logger, TimeProvider.System).Load(ConfigReader.Read(service.ConfigPath));

        Assert.Equal(
            [$"{_thoughts.Layers}: adder<pricer is not used: the expert 'pricer' needs latent_tap: true ({service.ConfigPath}, line 7)"],
            logger.Warnings);
    }
}

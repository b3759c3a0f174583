using System.Net;
using System.Text;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Composition;

/// <summary>A pool in which most files are bad, one so that llama.cpp would abort the process.</summary>
public sealed class QuarantineTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly ZooService _service;

    public QuarantineTests()
    {
        var bytes = TinyGguf.Saying("fine").ToBytes();
        Write("good.gguf", bytes);
        Write("truncated.gguf", bytes[..(bytes.Length / 2)]);
        Write("garbage.gguf", Encoding.UTF8.GetBytes("this is not a model"));
        Write("empty.gguf", []);
        Write("hostile.gguf", WithBlockCountZero(bytes));
        string[] experts = ["good", "truncated", "garbage", "empty", "hostile", "missing"];
        File.WriteAllText(
            _folder.File("orchestrator.yaml"),
            $"""
            memory:
              budget: 24MiB
            experts:
              - id: a-vast
                file: good.gguf
                max_sequences: 256
            {string.Concat(experts.Select(id => $"  - id: {id}\n    file: {id}.gguf\n"))}
            """);
        _service = new ZooService(_folder.File("orchestrator.yaml"));
    }

    public Task InitializeAsync() => _service.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("hostile")]
    [InlineData("missing")]
    public async Task Models_BadFile_IsQuarantinedWithItsReasonAndRefusedByChat(string id)
    {
        using var listed = await _service.Http.GetAsync($"/v1/models/{id}");
        var details = (await listed.ReadJsonAsync()).GetProperty("orchestrator");
        using var asked = await _service.Http.ChatAsync(id, "What is 1 + 1?");
        var error = await asked.ReadErrorAsync(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("quarantined", details.GetProperty("state").GetString());
        Assert.NotEmpty(details.GetProperty("reason").GetString()!);
        Assert.Equal("expert_quarantined", error.GetProperty("code").GetString());
        Assert.Contains(details.GetProperty("reason").GetString()!, error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Chat_GoodExpertAmongBadOnes_Answers()
    {
        using var response = await _service.Http.ChatAsync("auto", "What is 1 + 1?");

        Assert.Equal("fine", await response.ReadAnswerAsync());
    }

    [Fact]
    public async Task Chat_ExpertThatNoBudgetHolds_IsRefusedByNameAndLeftOutOfPlans()
    {
        using var asked = await _service.Http.ChatAsync("a-vast", "What is 1 + 1?");
        using var routed = await _service.Http.PostAsync("/v1/route", ChatCalls.Json(ChatCalls.Body("auto", "What is 1 + 1?")));

        Assert.Equal("expert_too_large", (await asked.ReadErrorAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("code").GetString());
        Assert.Equal("good", (await routed.ReadJsonAsync()).GetProperty("ranked").EnumerateArray().Single().GetProperty("expert").GetString());
    }

    void Write(string name, byte[] bytes) => File.WriteAllBytes(_folder.File(name), bytes);

    /// <summary>A header that makes llama.cpp abort while loading.</summary>
    static byte[] WithBlockCountZero(byte[] gguf)
    {
        var hostile = gguf.ToArray();
        var key = "llama.block_count"u8;
        var at = hostile.AsSpan().IndexOf(key);
        Assert.True(at > 0);
        // After the key: four bytes of type, four of value.
        hostile.AsSpan(at + key.Length + 4, 4).Clear();
        return hostile;
    }
}

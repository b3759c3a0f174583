using System.Diagnostics;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Commands;

/// <summary><c>models quantize</c> in the real executable.</summary>
public sealed class QuantizeCommandTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Quantize_TwoTypes_PrintsSizesAndVariants()
    {
        var source = TinyGguf.Saying("abc").Save(_folder.Path);
        var (code, output, error) = await RunAsync(source, "--type", "Q8_0", "--type", "f16", "--out", _folder.File("small"));

        Assert.True(code == 0, error);
        Assert.Contains($"{source}: ", output);
        Assert.Contains("% of the source", output);
        var (eight, half) = (_folder.File("small/tiny.q8_0.gguf"), _folder.File("small/tiny.f16.gguf"));
        Assert.True(new FileInfo(eight).Length < new FileInfo(half).Length);
        Assert.EndsWith(
            $"variants:\n  - name: q8_0\n    file: {eight}\n  - name: f16\n    file: {half}\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantize_TargetExists_FailsAndStillMakesTheOther()
    {
        var source = TinyGguf.Saying("abc").Save(_folder.Path);
        await File.WriteAllTextAsync(_folder.File("tiny.q8_0.gguf"), "precious");

        var (code, output, error) = await RunAsync(source, "--type", "Q8_0", "--type", "F16");

        Assert.Equal(1, code);
        Assert.Contains("--overwrite", error);
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder.File("tiny.q8_0.gguf")));
        Assert.Contains("- name: f16", output);
        Assert.DoesNotContain("- name: q8_0", output);
        Assert.Equal(0, (await RunAsync(source, "--type", "Q8_0", "--overwrite")).Code);
    }

    [Fact]
    public async Task Quantize_AlreadyQuantized_NamesTheOption()
    {
        var source = TinyGguf.Saying("abc").Save(_folder.Path);
        await RunAsync(source, "--type", "Q8_0");

        var (code, _, error) = await RunAsync(_folder.File("tiny.q8_0.gguf"), "--type", "Q4_0");

        Assert.Equal(1, code);
        Assert.Contains("--allow-requantize", error);
        Assert.DoesNotContain("AllowRequantize", error);
        Assert.Equal(0, (await RunAsync(_folder.File("tiny.q8_0.gguf"), "--type", "Q4_0", "--allow-requantize")).Code);
    }

    [Fact]
    public async Task Quantize_UnknownType_ListsTheAllowed()
    {
        var (code, _, error) = await RunAsync(TinyGguf.Saying("abc").Save(_folder.Path), "--type", "Q9_9");

        Assert.Equal(2, code);
        Assert.Contains("'Q9_9' is no type to quantise to; allowed are F32", error);
    }

    [Fact]
    public async Task Quantize_HeaderThatWouldEndTheProcess_IsRefusedFirst()
    {
        var hostile = TinyGguf.Saying("abc");
        hostile.Metadata["llama.block_count"] = 0u;

        var (code, _, error) = await RunAsync(hostile.Save(_folder.Path), "--type", "Q8_0");

        Assert.Equal(2, code);
        Assert.Contains("llama.block_count is 0", error);
    }

    [Fact]
    public async Task Quantize_NoThreads_IsOneMessage()
    {
        var (code, _, error) = await RunAsync(TinyGguf.Saying("abc").Save(_folder.Path), "--type", "Q8_0", "--threads", "0");

        Assert.Equal(2, code);
        Assert.Contains("allowed are 1 to 1024", error);
    }

    public void Dispose() => _folder.Dispose();

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        string[] threads = arguments.Contains("--threads") ? [] : ["--threads", "1"];
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "orchestrator"), ["models", "quantize", .. arguments, .. threads])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }
}

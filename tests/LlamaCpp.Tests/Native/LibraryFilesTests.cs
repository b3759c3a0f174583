using Orchestrator.LlamaCpp.Native;
using Orchestrator.TestKit;

namespace Orchestrator.LlamaCpp.Tests.Native;

public sealed class LibraryFilesTests
{
    [Fact]
    public void Find_PackageFolder_PicksTheThreeAndNotTheirSiblings()
    {
        using var folder = Folder(
            "libllama.vulkan.v0.5.0.so", "libllama-common.so", "libggml.vulkan.v0.5.0.so", "libggml-base.so", "libggml-cpu-zen4.so",
            "libggml-vulkan.so");

        var files = LibraryFiles.Find(folder.Path, null, "/program");

        Assert.Equal(
            (folder.File("libllama.vulkan.v0.5.0.so"), folder.File("libggml.vulkan.v0.5.0.so"), folder.File("libggml-base.so")),
            (files.Llama, files.Ggml, files.GgmlBase));
    }

    [Fact]
    public void Find_OwnBuild_PrefersThePlainName()
    {
        using var folder = Folder("libllama.so", "libllama.0.so", "libggml.so", "libggml-base.so", "libllama.so.0");

        Assert.Equal(folder.File("libllama.so"), LibraryFiles.Find(folder.Path, null, "/program").Llama);
    }

    [Fact]
    public void Find_TwoFlavours_NamesBoth()
    {
        using var folder = Folder("libllama.v0.5.0.so", "libllama.cuda.v0.5.0.so", "libggml.so", "libggml-base.so");

        var failure = Assert.Throws<LlamaRuntimeException>(() => LibraryFiles.Find(folder.Path, null, "/program"));

        Assert.Contains("several libraries 'llama': libllama.v0.5.0.so, libllama.cuda.v0.5.0.so", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoFolder_SaysWhichAndWhatToDo()
    {
        var failure = Assert.Throws<LlamaRuntimeException>(() => LibraryFiles.Find("/nowhere/llama", null, "/program"));

        Assert.Contains("'/nowhere/llama', does not exist", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ORCHESTRATOR_LLAMA_DIR", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_LibraryMissing_NamesIt()
    {
        using var folder = Folder("libllama.so", "libggml.so");

        var failure = Assert.Throws<LlamaRuntimeException>(() => LibraryFiles.Find(folder.Path, null, "/program"));

        Assert.Contains("no shared library 'ggml-base'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/option", "/variable", "/option")]
    [InlineData(null, "/variable", "/variable")]
    [InlineData("", "", "/program/llama")]
    public void Find_Sources_OptionThenVariableThenProgram(string? option, string? variable, string expected)
    {
        var failure = Assert.Throws<LlamaRuntimeException>(() => LibraryFiles.Find(option, variable, "/program"));

        Assert.Contains($"'{expected}'", failure.Message, StringComparison.Ordinal);
    }

    static TemporaryFolder Folder(params string[] names)
    {
        var folder = new TemporaryFolder();
        foreach (var name in names)
            File.WriteAllText(folder.File(name), "");
        return folder;
    }
}

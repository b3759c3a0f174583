using Orchestrator.Router.Embedding;

namespace Orchestrator.Router.Tests.Embedding;

public sealed class LsaFileTests : IDisposable
{
    static readonly LsaEmbedder Fitted =
        LsaEmbedder.Fit(["alpha beta", "alpha beta gamma", "gamma delta", "delta gamma"], LsaOptions.Default with { MaxCharacters = 99 });

    readonly string _folder = Directory.CreateTempSubdirectory("lsa-file-tests").FullName;

    string File => Path.Combine(_folder, "fitted.lsa");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_Saved_EmbedsAlike()
    {
        Fitted.Save(File);

        LsaEmbedder loaded = LsaEmbedder.Load(File);

        Assert.Equal(Fitted.Id, loaded.Id);
        Assert.Equal(Fitted.Source, loaded.Source);
        Assert.Equal(Fitted.Embed("a new alpha"), loaded.Embed("a new alpha"));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Load_SavedWithoutFeatures_KnowsNothing()
    {
        LsaEmbedder.Fit([]).Save(File);

        Assert.Equal([0f], LsaEmbedder.Load(File).Embed("alpha"));
    }

    [Fact]
    public void Load_AnyPrefix_IsRefused()
    {
        Fitted.Save(File);
        byte[] whole = System.IO.File.ReadAllBytes(File);

        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            var error = Assert.Throws<EmbedderFileException>(() => LsaEmbedder.Load(File));
            Assert.Contains($"{length} bytes", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_AnyByteChanged_IsRefusedOrOnlyItsSourceDiffers()
    {
        Fitted.Save(File);
        byte[] whole = System.IO.File.ReadAllBytes(File);

        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x11;
            System.IO.File.WriteAllBytes(File, changed);
            if (Record.Exception(() => LsaEmbedder.Load(File)) is { } error)
                Assert.IsType<EmbedderFileException>(error);
            else
                Assert.NotEqual(Fitted.Source, LsaEmbedder.Load(File).Source);
        }
    }

    [Fact]
    public void Load_BytesBehindTheEnd_IsRefused()
    {
        Fitted.Save(File);
        System.IO.File.AppendAllText(File, "x");

        Assert.Throws<EmbedderFileException>(() => LsaEmbedder.Load(File));
    }

    [Fact]
    public void Load_AnotherKindOfFile_SaysSo()
    {
        System.IO.File.WriteAllText(File, new string('{', 500));

        var error = Assert.Throws<EmbedderFileException>(() => LsaEmbedder.Load(File));

        Assert.Contains("another kind of file", error.Message, StringComparison.Ordinal);
        Assert.Equal(File, error.Path);
    }
}

using System.Net;
using System.Text;

namespace Orchestrator.Host.Tests.Api;

public sealed class FilesEndpointsTests : IAsyncLifetime
{
    FakeService _service = null!;

    HttpClient Http => _service.Http;

    string Folder => Path.Combine(Path.GetDirectoryName(_service.ConfigPath)!, "jobs");

    public async Task InitializeAsync() => _service = await FakeService.StartOnAsync(
        "jobs: { folder: jobs, max_file_bytes: 64KiB }\nexperts:\n  - { id: maths, file: model.gguf }\n", new());

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_File_ComesBackAsItWas(bool purposeFirst)
    {
        using var reply = await Http.UploadAsync("one\ntwo\n", purposeFirst: purposeFirst);

        var file = await reply.ReadJsonAsync();
        var id = file.GetProperty("id").GetString()!;
        Assert.Equal(("file", "requests.jsonl", "batch"), (
            file.GetProperty("object").GetString(), file.GetProperty("filename").GetString(), file.GetProperty("purpose").GetString()));
        Assert.Equal(8, file.GetProperty("bytes").GetInt32());
        Assert.Equal("one\ntwo\n", await Http.GetStringAsync($"/v1/files/{id}/content"));
        Assert.Equal(id, (await (await Http.GetAsync($"/v1/files/{id}")).ReadJsonAsync()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(64 * 1024 + 1)]
    [InlineData(1 << 20)]
    public async Task Upload_TooLarge_Is413AndLeavesNothing(int bytes)
    {
        using var reply = await Http.UploadAsync(new string('a', bytes));

        var error = await reply.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("file_too_large", error.GetProperty("code").GetString());
        Assert.Contains("jobs.max_file_bytes", error.GetProperty("message").GetString());
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Upload_OfTheLargestSize_IsTaken()
    {
        using var reply = await Http.UploadAsync(new string('a', 64 * 1024));

        Assert.True(reply.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Upload_OtherPurpose_Is400AndLeavesNothing()
    {
        using var reply = await Http.UploadAsync("one", purpose: "fine-tune", purposeFirst: false);

        Assert.Equal("purpose", (await reply.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("param").GetString());
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Upload_WithoutForm_Is400()
    {
        using var reply = await Http.PostAsync("/v1/files", ChatCalls.Json("{}"));

        Assert.Contains("multipart/form-data", (await reply.ReadErrorAsync(HttpStatusCode.BadRequest)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task Upload_FormThatBreaksOff_Is400AndLeavesNothing()
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc"));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var reply = await Http.PostAsync("/v1/files", content);

        await reply.ReadErrorAsync(HttpStatusCode.BadRequest);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Upload_NameWithFolders_KeepsTheNameAlone()
    {
        var form = new MultipartFormDataContent { { new StringContent("batch"), "purpose" }, { new StringContent("x"), "file", "../../etc/passwd" } };
        using var reply = await Http.PostAsync("/v1/files", form);

        Assert.Equal("passwd", (await reply.ReadJsonAsync()).GetProperty("filename").GetString());
    }

    [Fact]
    public async Task List_Files_GoesFromTheNewestAndFiltersByPurpose()
    {
        var first = await Http.UploadedAsync("1");
        var second = await Http.UploadedAsync("2");

        var all = await (await Http.GetAsync("/v1/files")).ReadJsonAsync();
        var page = await (await Http.GetAsync($"/v1/files?limit=1&after={second}&purpose=batch")).ReadJsonAsync();
        var none = await (await Http.GetAsync("/v1/files?purpose=batch_output")).ReadJsonAsync();

        Assert.Equal([second, first], all.GetProperty("data").EnumerateArray().Select(file => file.GetProperty("id").GetString()));
        Assert.Equal(first, Assert.Single(page.GetProperty("data").EnumerateArray()).GetProperty("id").GetString());
        Assert.Empty(none.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Delete_File_IsGone()
    {
        var id = await Http.UploadedAsync("1");

        using var deleted = await Http.DeleteAsync($"/v1/files/{id}");
        using var again = await Http.DeleteAsync($"/v1/files/{id}");
        using var content = await Http.GetAsync($"/v1/files/{id}/content");

        Assert.True((await deleted.ReadJsonAsync()).GetProperty("deleted").GetBoolean());
        await again.ReadErrorAsync(HttpStatusCode.NotFound);
        await content.ReadErrorAsync(HttpStatusCode.NotFound);
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Files_FolderThatCannotBeUsed_Are503AndChatsGoOn()
    {
        await File.WriteAllTextAsync(Folder, "a file where the folder should be");

        using var reply = await Http.UploadAsync("1");
        using var chat = await Http.ChatAsync("maths", "hello");

        var error = await reply.ReadErrorAsync(HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain(Folder, error.GetProperty("message").GetString());
        Assert.True(chat.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Files_FolderOfContentThatIsGone_Are404AndCanBeDeleted()
    {
        var id = await Http.UploadedAsync("1");
        Directory.Delete(Path.Combine(Folder, "files"), recursive: true);

        using var content = await Http.GetAsync($"/v1/files/{id}/content");
        using var deleted = await Http.DeleteAsync($"/v1/files/{id}");
        using var again = await Http.DeleteAsync($"/v1/files/{id}");

        await content.ReadErrorAsync(HttpStatusCode.NotFound);
        Assert.True(deleted.IsSuccessStatusCode);
        await again.ReadErrorAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_ChunksThatAreNone_Is400()
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(Http.BaseAddress!.Host, Http.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n--b\r\n"));
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 400", await reader.ReadLineAsync());
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Files_DatabaseOfAnotherProgram_Are503AndChatsGoOn()
    {
        Directory.CreateDirectory(Folder);
        await using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Folder, "jobs.db")};Pooling=False"))
        {
            other.Open();
            await using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE jobs (owner TEXT); PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        using var reply = await Http.GetAsync("/v1/batches");
        using var chat = await Http.ChatAsync("maths", "hello");

        await reply.ReadErrorAsync(HttpStatusCode.ServiceUnavailable);
        Assert.True(chat.IsSuccessStatusCode);
    }

    string[] Stored() => Directory.Exists(Path.Combine(Folder, "files")) ? Directory.GetFiles(Path.Combine(Folder, "files")) : [];
}

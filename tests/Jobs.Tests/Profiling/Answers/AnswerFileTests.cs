using Orchestrator.Jobs.Profiling.Answers;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Profiling.Answers;

public sealed class AnswerFileTests
{
    [Theory]
    [InlineData("answers.jsonl")]
    [InlineData("answers.jsonl.gz")]
    public void Read_Written_GivesTheSame(string file)
    {
        using var folder = new TemporaryFolder();
        RecordedAnswer[] answers =
            [new("q1", "a", "3+4\n=7. \"Answer: 7\" Köln", 1), new("q1", "b", "", 0), new("q2", "a", "x", 0.5)];

        AnswerFile.Write(folder.File(file), new AnswerBook(answers));

        Assert.Equal(answers, AnswerFile.Read(folder.File(file)).Answers);
        Assert.Equal([file], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Read_DamagedCompression_IsSaid()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("answers.jsonl.gz"), "plain");

        var problem = Assert.Throws<AnswerFileException>(() => AnswerFile.Read(folder.File("answers.jsonl.gz")));

        Assert.Contains("the compressed file is damaged", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BadLines_AreAllNamed()
    {
        const string Text = """
            {"id":"q1","expert":"a","text":"x","score":1}

            {"id":"q1","expert":"a","text":"y","score":0}
            {"id":"","expert":"a","text":"y","score":0}
            {"id":"q2","expert":"","text":"y","score":0}
            {"id":"q3","expert":"a","text":"y","score":2}
            {"id":"q4","expert":"a","score":1}
            {"id":"q5","expert":"a","text":"y","score":1,"note":""}
            nonsense
            """;

        var problem = Assert.Throws<AnswerFileException>(() => AnswerFile.Read(new StringReader(Text), "answers"));

        Assert.Equal(7, problem.Problems.Count);
        Assert.Equal("answers, line 3: the answer of 'a' to 'q1' is also on line 1", problem.Problems[0]);
        Assert.Equal("answers, line 6: the score 2 is not in 0…1", problem.Problems[3]);
        Assert.All([4, 5, 6], i => Assert.Contains("not the JSON wanted here", problem.Problems[i], StringComparison.Ordinal));
    }
}

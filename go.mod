module signbench

go 1.26
